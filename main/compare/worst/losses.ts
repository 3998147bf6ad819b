import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { logLosses, multiclassLogLosses } from '../../../shared/statistics/log-loss.ts';
import { absoluteResiduals } from '../../../shared/statistics/mae.ts';

/** How wrong each row was: −ln of the probability of its true class, or the absolute error of a number. */
export function lossOfRows({ truth, scores, classes }: PredictionColumns): Float64Array {
  if (classes === 0) return absoluteResiduals(truth, scores);
  return classes === 2 ? logLosses(truth, scores) : multiclassLogLosses(truth, scores, classes);
}

/** The probability that was given to a row's true class, or its predicted number. */
export function scoreOfRow({ truth, scores, classes }: PredictionColumns, i: number): number {
  if (classes === 0) return scores[i]!;
  if (classes === 2) return truth[i] === 1 ? scores[i]! : 1 - scores[i]!;
  return scores[i * classes + truth[i]!]!;
}

/** The class that a model says of a row: of two the positive one from the threshold on (null: 0.5), of more the likeliest. */
export function classOfRow({ scores, classes }: PredictionColumns, i: number, threshold: number | null): number {
  if (classes === 2) return scores[i]! >= (threshold ?? 0.5) ? 1 : 0;
  let best = 0;
  for (let k = 1; k < classes; k++) if (scores[i * classes + k]! > scores[i * classes + best]!) best = k;
  return best;
}
