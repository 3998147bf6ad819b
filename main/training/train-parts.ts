import type { EvaluationPart, PredictionColumns } from '../../shared/model/evaluation.ts';
import { TEST, TRAIN, VALIDATION } from '../store/table/split.ts';
import { carveValidation } from './carve-validation.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { type FitContext, fitOnRows } from './fit-on-rows.ts';
import { measureImportance } from './importance/measure-importance.ts';
import type { Reporter } from './reporter.ts';
import type { Trained } from './trained.ts';
import { OUT_OF_BAG, scoresToChooseOn } from './training-scores.ts';

/**
 * One split: fits on the training part, chooses the threshold on validation (without one: on the rows that early stopping
 * held out, or else on the training part itself), and predicts the test part once.
 */
export async function trainParts(
  context: FitContext,
  part: Uint8Array,
  seed: number,
  reporter: Reporter,
): Promise<Trained> {
  const { plan, recipe } = context;
  const side = (wanted: number): Int32Array => Int32Array.from([...part.keys()].filter((i) => part[i] === wanted));
  const validation = side(VALIDATION);
  const given = validation.length > 0;
  const carved = !given && recipe.needsValidation(context.params) ? carveValidation(plan, side(TRAIN), seed) : null;
  if (carved)
    reporter.log('The split has no validation part: 15 % of the training subjects are held out for early stopping.');
  const train = carved?.train ?? side(TRAIN);
  const stopping = given ? validation : (carved?.validation ?? null);

  const kept = await fitOnRows(context, {
    name: 'kept',
    train,
    validation: stopping,
    seed,
    report: reporter.fit('', 0, 0.95),
  });
  const chosenOn = stopping ?? train;
  const where = given ? 'validation' : carved ? 'the subjects held out for early stopping' : 'the training part';
  const { truth, scores, outOfBag } = await scoresToChooseOn(kept, chosenOn, stopping === null, plan.y);
  const { threshold, rule } = chooseThreshold(
    plan.classes.length,
    { truth, scores, where: outOfBag ? `${where}${OUT_OF_BAG}` : where },
    context.params,
  );
  const predicted = async (name: EvaluationPart, at: Int32Array): Promise<PredictionColumns> => ({
    part: name,
    rows: at.length,
    classes: plan.classes.length,
    row: at.map((i) => plan.rows[i]!),
    truth: Float64Array.from(at, (i) => plan.y[i]!),
    scores: await kept.predict(at),
    subject: plan.subject === null ? null : at.map((i) => plan.subject![i]!),
    fold: null,
  });
  const predictions = [await predicted('test', side(TEST))];
  if (given) predictions.unshift(await predicted('validation', validation));
  const measurement = measureImportance(context, side(TEST), seed, reporter);
  await measurement?.add(kept, side(TEST));
  const importance = measurement?.result() ?? null;
  return { kept: [kept], predictions, threshold, thresholdRule: rule, folds: null, importance };
}
