import { meanOf } from './mean.ts';

/** Mean absolute error of predicted numbers, in the unit of the target; 0 is perfect. null without rows. */
export function mae(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  return scores.length === 0 ? null : meanOf(absoluteResiduals(truth, scores), null);
}

/** |ŷ − y| of each row. */
export function absoluteResiduals(truth: ArrayLike<number>, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score, i) => Math.abs(score - truth[i]!));
}
