import { meanOf } from './mean.ts';

/** Probabilities are kept this far from 0 and 1 before a logarithm is taken, as scikit-learn does. */
const EPSILON = 2 ** -52;

/**
 * Log loss of binary predictions in nats: mean of −ln of the probability given to the true class, probabilities cut to
 * [2⁻⁵², 1 − 2⁻⁵²]. null without rows.
 */
export function logLoss(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  return scores.length === 0 ? null : meanOf(logLosses(truth, scores), null);
}

/** The same for class probabilities, row-major rows × classes. */
export function multiclassLogLoss(truth: ArrayLike<number>, scores: ArrayLike<number>, classes: number): number | null {
  return truth.length === 0 ? null : meanOf(multiclassLogLosses(truth, scores, classes), null);
}

/** −ln of the probability given to the true class, per row. */
export function logLosses(truth: ArrayLike<number>, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score, i) => lossOf(truth[i] === 1 ? score : 1 - score));
}

/** The same for class probabilities, row-major rows × classes. */
export function multiclassLogLosses(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  classes: number,
): Float64Array {
  return Float64Array.from(truth, (c, i) => lossOf(scores[i * classes + c]!));
}

function lossOf(probability: number): number {
  return -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
}
