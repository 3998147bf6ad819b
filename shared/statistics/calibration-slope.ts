import { logits } from './logit.ts';

/**
 * Calibration slope: b of the logistic model logit P(y = 1) = a + b · logit(p). 1 is ideal, below 1 the scores are too
 * extreme (overfitted). Maximum likelihood by Newton's method; null when it does not exist: one class, one score, or classes
 * that a threshold parts without error. Cox (1958); Van Calster et al. (2019), BMC Medicine 17:230.
 */
export function calibrationSlope(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = slopeOfLogits(truth, logits(scores), null, { intercept: 0, slope: 1 }).slope;
  return Number.isNaN(value) ? null : value;
}

export type Recalibration = { intercept: number; slope: number };
const undefinedFit: Recalibration = { intercept: Number.NaN, slope: Number.NaN };

/** The same from logits, with a multiplicity per row and a starting point; NaN when it does not exist. */
export function slopeOfLogits(
  truth: ArrayLike<number>,
  x: Float64Array,
  weights: ArrayLike<number> | null,
  start: Recalibration,
): Recalibration {
  if (isSeparated(truth, x, weights)) return undefinedFit;
  let current = start;
  let here = derivatives(truth, x, weights, current);
  for (let step = 0; step < 60; step++) {
    const determinant = here.ii * here.ss - here.is * here.is;
    const moveIntercept = (here.ss * here.gi - here.is * here.gs) / determinant;
    const moveSlope = (here.ii * here.gs - here.is * here.gi) / determinant;
    if (!Number.isFinite(moveIntercept) || !Number.isFinite(moveSlope)) return undefinedFit;
    // Newton's error is squared by a step: after one this short nothing visible is left.
    if (Math.abs(moveIntercept) < 1e-6 && Math.abs(moveSlope) < 1e-6) {
      return { intercept: current.intercept + moveIntercept, slope: current.slope + moveSlope };
    }
    // Newton's step, halved until the likelihood does not fall.
    let share = 1;
    let next = current;
    let there = here;
    for (; share > 1e-6; share /= 2) {
      next = { intercept: current.intercept + share * moveIntercept, slope: current.slope + share * moveSlope };
      there = derivatives(truth, x, weights, next);
      if (there.likelihood >= here.likelihood - 1e-10 * Math.abs(here.likelihood)) break;
    }
    current = next;
    here = there;
  }
  return undefinedFit;
}

type Derivatives = { likelihood: number; gi: number; gs: number; ii: number; is: number; ss: number };

/** Log likelihood, its gradient (gi, gs) and information matrix (ii, is, ss) at a point. */
function derivatives(
  truth: ArrayLike<number>,
  x: Float64Array,
  weights: ArrayLike<number> | null,
  at: Recalibration,
): Derivatives {
  let likelihood = 0;
  let gi = 0;
  let gs = 0;
  let ii = 0;
  let is = 0;
  let ss = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    if (weight === 0) continue;
    const xi = x[i]!;
    const eta = at.intercept + at.slope * xi;
    const e = Math.exp(-Math.abs(eta));
    const p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
    const y = truth[i] === 1 ? 1 : 0;
    likelihood += weight * (y * eta - Math.max(eta, 0) - Math.log1p(e));
    const residual = weight * (y - p);
    const variance = weight * p * (1 - p);
    gi += residual;
    gs += residual * xi;
    ii += variance;
    is += variance * xi;
    ss += variance * xi * xi;
  }
  return { likelihood, gi, gs, ii, is, ss };
}

/** With one covariate the maximum exists unless a threshold parts the classes (ties on it allowed) or x does not vary. */
function isSeparated(truth: ArrayLike<number>, x: Float64Array, weights: ArrayLike<number> | null): boolean {
  let lowPositive = Number.POSITIVE_INFINITY;
  let highPositive = Number.NEGATIVE_INFINITY;
  let lowNegative = Number.POSITIVE_INFINITY;
  let highNegative = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    if (weights !== null && weights[i] === 0) continue;
    const xi = x[i]!;
    if (truth[i] === 1) {
      lowPositive = Math.min(lowPositive, xi);
      highPositive = Math.max(highPositive, xi);
    } else {
      lowNegative = Math.min(lowNegative, xi);
      highNegative = Math.max(highNegative, xi);
    }
    if (lowPositive < highNegative && lowNegative < highPositive) return false;
  }
  return true;
}
