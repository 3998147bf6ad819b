import { meanOf } from './mean.ts';

/** Root mean squared error of predicted numbers, in the unit of the target; 0 is perfect. null without rows. */
export function rmse(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  return scores.length === 0 ? null : Math.sqrt(meanOf(squaredResiduals(truth, scores), null));
}

/** (ŷ − y)² of each row. */
export function squaredResiduals(truth: ArrayLike<number>, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score, i) => (score - truth[i]!) ** 2);
}
