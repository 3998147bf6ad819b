import type { Evaluation } from '../../shared/model/evaluation.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { brier, multiclassBrier } from '../../shared/statistics/brier.ts';
import { logLoss, multiclassLogLoss } from '../../shared/statistics/log-loss.ts';
import { mae } from '../../shared/statistics/mae.ts';
import { rSquared } from '../../shared/statistics/r-squared.ts';
import { rmse } from '../../shared/statistics/rmse.ts';
import { carveValidation } from './carve-validation.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { type FitContext, type Fitted, fitOnRows } from './fit-on-rows.ts';
import { measureImportance } from './importance/measure-importance.ts';
import type { Reporter } from './reporter.ts';
import type { Trained } from './trained.ts';
import { OUT_OF_BAG, scoresToChooseOn } from './training-scores.ts';

/**
 * K folds by person. The same procedure is applied to all rows first (the model that is kept, with the coefficients and the
 * series without prefix), then to each fold's training part, whose model predicts that fold. With `ensemble` = folds there is
 * no fit on all rows: the models of the folds are kept, and their mean is the run's model. Early stopping looks at persons
 * carved from the training part of its own fit. The threshold is chosen on what the fits did not predict out of fold: the
 * carved persons, or without early stopping the training parts, pooled over folds.
 */
export async function trainFolds(
  context: FitContext,
  fold: Int16Array,
  seed: number,
  reporter: Reporter,
): Promise<Trained> {
  const { plan } = context;
  const classes = plan.classes.length;
  const count = fold.reduce((most, k) => Math.max(most, k), 0) + 1;
  const ensemble = context.params.ensemble === 'folds';
  const share = 0.95 / (count + (ensemble ? 0 : 1));
  const everyone = Int32Array.from(fold.keys());
  const kept: Fitted[] = [];
  if (!ensemble) kept.push((await fitWithin(context, 'kept', everyone, seed, reporter, [0, share])).fitted);

  const measurement = measureImportance(context, everyone, seed, reporter);
  const outputs = classes > 2 ? classes : 1;
  const scores = new Float64Array(plan.y.length * outputs);
  const chosenTruth: number[] = [];
  let outOfBag = false;
  const chosenScores: number[] = [];
  const folds: NonNullable<Evaluation['folds']> = [];
  for (let k = 0; k < count; k++) {
    const held = everyone.filter((i) => fold[i] === k);
    const train = everyone.filter((i) => fold[i] !== k);
    const from = share * (k + (ensemble ? 0 : 1));
    const { fitted, chosenOn } = await fitWithin(context, `fold-${k + 1}`, train, seed + k + 1, reporter, [
      from,
      from + share,
    ]);
    if (classes === 2) {
      const chosen = await scoresToChooseOn(fitted, chosenOn, chosenOn.length === train.length, plan.y);
      for (const score of chosen.scores) chosenScores.push(score);
      for (const truth of chosen.truth) chosenTruth.push(truth);
      outOfBag = chosen.outOfBag;
    }
    const predicted = await fitted.predict(held);
    held.forEach((i, at) => {
      scores.set(predicted.subarray(at * outputs, (at + 1) * outputs), i * outputs);
    });
    folds.push({
      fold: k + 1,
      metrics: foldMetrics(
        Float64Array.from(held, (i) => plan.y[i]!),
        predicted,
        classes,
      ),
    });
    await measurement?.add(fitted, held);
    if (ensemble) kept.push(fitted);
    else fitted.model.dispose();
  }
  const where = context.recipe.needsValidation(context.params)
    ? 'the subjects held out for early stopping, pooled over folds'
    : 'the training parts, pooled over folds';
  const { threshold, rule } = chooseThreshold(
    classes,
    { truth: chosenTruth, scores: chosenScores, where: outOfBag ? `${where}${OUT_OF_BAG}` : where },
    context.params,
  );
  if (ensemble) reporter.log(`The model that is kept is the mean of the ${count} models of the folds.`);
  return {
    kept,
    predictions: [
      { part: 'oof', rows: plan.y.length, classes, row: plan.rows, truth: plan.y, scores, subject: plan.subject, fold },
    ],
    threshold,
    thresholdRule: rule,
    folds,
    importance: measurement?.result() ?? null,
  };
}

async function fitWithin(
  context: FitContext,
  name: string,
  rows: Int32Array,
  seed: number,
  reporter: Reporter,
  [from, to]: [number, number],
): Promise<{ fitted: Fitted; chosenOn: Int32Array }> {
  const carved = context.recipe.needsValidation(context.params) ? carveValidation(context.plan, rows, seed) : null;
  const report = reporter.fit(name === 'kept' ? '' : `${name}/`, from, to);
  const train = carved?.train ?? rows;
  const fitted = await fitOnRows(context, { name, train, validation: carved?.validation ?? null, seed, report });
  return { fitted, chosenOn: carved?.validation ?? rows };
}

/** Point values per fold, for their spread; what a fold does not define (an AUC without both classes) is left out. */
function foldMetrics(truth: Float64Array, scores: Float64Array, classes: number): Record<string, number> {
  const values = pointValues(truth, scores, classes);
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

function pointValues(truth: Float64Array, scores: Float64Array, classes: number): Record<string, number | null> {
  if (classes === 0) return { rmse: rmse(truth, scores), mae: mae(truth, scores), r2: rSquared(truth, scores) };
  if (classes > 2) {
    return { brier: multiclassBrier(truth, scores, classes), 'log-loss': multiclassLogLoss(truth, scores, classes) };
  }
  return { auc: auc(truth, scores), brier: brier(truth, scores), 'log-loss': logLoss(truth, scores) };
}
