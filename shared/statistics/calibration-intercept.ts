import { logits } from './logit.ts';

/**
 * Calibration-in-the-large: the intercept a of the logistic model logit P(y = 1) = a + logit(p), the logit of the score as
 * offset. 0 is ideal, below 0 the scores are too high on the whole. Maximum likelihood by Newton's method.
 * null without both classes. Cox (1958); Van Calster et al. (2019), BMC Medicine 17:230.
 */
export function calibrationIntercept(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = interceptOfLogits(truth, logits(scores), null, 0);
  return Number.isNaN(value) ? null : value;
}

/** The same from logits, with a multiplicity per row and a starting value; NaN without both classes. */
export function interceptOfLogits(
  truth: ArrayLike<number>,
  offset: Float64Array,
  weights: ArrayLike<number> | null,
  start: number,
): number {
  let total = 0;
  let positives = 0;
  for (let i = 0; i < offset.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    total += weight;
    if (truth[i] === 1) positives += weight;
  }
  if (positives === 0 || positives === total) return Number.NaN;
  let a = start;
  for (let step = 0; step < 100; step++) {
    let expected = 0;
    let information = 0;
    for (let i = 0; i < offset.length; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      if (weight === 0) continue;
      const p = 1 / (1 + Math.exp(-a - offset[i]!));
      expected += weight * p;
      information += weight * p * (1 - p);
    }
    // Far from the solution the curvature vanishes: no step is longer than 4.
    const move = Math.max(-4, Math.min(4, (positives - expected) / information));
    if (Number.isNaN(move)) return Number.NaN;
    a += move;
    // Newton's error is squared by a step: after one this short nothing visible is left.
    if (Math.abs(move) < 1e-6) return a;
  }
  return Number.NaN;
}
