import { meanOf } from './mean.ts';

/**
 * Brier score of binary predictions: mean of (p − y)², y = 1 for the positive class; 0 is perfect, 0.25 is a coin.
 * null without rows.
 */
export function brier(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  return scores.length === 0 ? null : meanOf(squaredErrors(truth, scores), null);
}

/**
 * Brier score of class probabilities in its original form (Brier 1950): mean over rows of Σ over classes (p_c − y_c)²,
 * between 0 and 2. `scores` is row-major, rows × classes. null without rows.
 */
export function multiclassBrier(truth: ArrayLike<number>, scores: ArrayLike<number>, classes: number): number | null {
  return truth.length === 0 ? null : meanOf(multiclassSquaredErrors(truth, scores, classes), null);
}

/** (p − y)² of each row. */
export function squaredErrors(truth: ArrayLike<number>, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score, i) => (score - (truth[i] === 1 ? 1 : 0)) ** 2);
}

/** Σ over classes (p_c − y_c)² of each row. */
export function multiclassSquaredErrors(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  classes: number,
): Float64Array {
  const errors = new Float64Array(truth.length);
  for (let i = 0; i < errors.length; i++) {
    for (let c = 0; c < classes; c++) errors[i]! += (scores[i * classes + c]! - (truth[i] === c ? 1 : 0)) ** 2;
  }
  return errors;
}
