/** Probabilities are kept this far from 0 and 1 before the logit, so that a saturated score stays finite (±27.6). */
const EDGE = 1e-12;

/** ln(p/(1 − p)) of each probability, with p cut to [1e-12, 1 − 1e-12]. */
export function logits(scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores, (score) => {
    const p = Math.min(1 - EDGE, Math.max(EDGE, score));
    return Math.log(p / (1 - p));
  });
}
