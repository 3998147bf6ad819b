import { aucOfRanked } from './auc.ts';
import { averagePrecisionOfRanked } from './average-precision.ts';
import { bootstrap, drawsFor, percentileInterval } from './bootstrap.ts';
import { multiclassSquaredErrors } from './brier.ts';
import { type Basis, estimateOf, type Predictions, type StatisticEstimate, type StatisticKey } from './estimate.ts';
import { macroF1 } from './f1.ts';
import { multiclassLogLosses } from './log-loss.ts';
import { matrixAccuracy, meanRecall } from './matrix-rates.ts';
import { mcc } from './mcc.ts';
import { meanOf } from './mean.ts';
import { macroMean, oneVersusRest } from './multiclass-auc.ts';
import { confusionMatrix, predictedClasses } from './multiclass-confusion.ts';
import { macroRankAreas } from './rank-areas.ts';
import { clusteredRateInterval } from './rate-interval.ts';
import type { Subjects } from './subjects.ts';
import { wilsonInterval } from './wilson.ts';

export const multiclassKeys = [
  'auc',
  'average-precision',
  'brier',
  'log-loss',
  'balanced-accuracy',
  'f1',
  'mcc',
  'accuracy',
] as const;

/**
 * The estimates of a sample with three classes or more: AUC, average precision and F1 as unweighted means over classes, the
 * decision by the largest probability. The rules are in estimate-all.ts.
 */
export function estimateMulticlass(
  input: Predictions,
  subjects: Subjects,
  seed: number,
  basis: Basis,
): Partial<Record<StatisticKey, StatisticEstimate>> {
  const { truth, scores, classes } = input;
  const predicted = predictedClasses(scores, basis.rows, classes);
  const perClass = oneVersusRest(truth, scores, classes);
  const errors = multiclassSquaredErrors(truth, scores, classes);
  const losses = multiclassLogLosses(truth, scores, classes);
  const statistics = (weights: Uint16Array | null, out: Float64Array): void => {
    const matrix = confusionMatrix(truth, predicted, classes, weights);
    if (weights === null) {
      out[0] = macroMean(perClass, null, aucOfRanked);
      out[1] = macroMean(perClass, null, averagePrecisionOfRanked);
    } else macroRankAreas(perClass, weights, out);
    out[2] = meanOf(errors, weights);
    out[3] = meanOf(losses, weights);
    out[4] = meanRecall(matrix);
    out[5] = macroF1(matrix);
    out[6] = mcc(matrix);
    out[7] = matrixAccuracy(matrix);
  };
  const values = new Float64Array(multiclassKeys.length);
  statistics(null, values);
  const draws = drawsFor(basis.rows * classes);
  const resampled = bootstrap(subjects, multiclassKeys.length, statistics, { draws, seed });
  const method = `bootstrap over subjects, ${draws} draws`;
  const result: Partial<Record<StatisticKey, StatisticEstimate>> = {};
  multiclassKeys.forEach((key, k) => {
    const interval = percentileInterval(resampled[k]!);
    const spread = interval !== null && interval.high > interval.low ? interval : null;
    result[key] = estimateOf(values[k]!, spread, method, basis);
  });
  const accuracy = values[7]!;
  result.accuracy =
    subjects.count < basis.rows
      ? estimateOf(accuracy, clusteredRateInterval(accuracy, resampled[7]!, subjects.count), method, basis)
      : estimateOf(accuracy, wilsonInterval(Math.round(accuracy * basis.rows), basis.rows), 'Wilson', basis);
  return result;
}
