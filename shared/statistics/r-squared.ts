import { meanOf } from './mean.ts';
import { squaredResiduals } from './rmse.ts';

/**
 * Coefficient of determination of held-out predictions: 1 − Σ(ŷ − y)² / Σ(y − ȳ)², ȳ the mean of these rows. 1 is perfect, 0
 * is as good as always saying the mean, below 0 is worse than that. null where the truth does not vary.
 */
export function rSquared(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = weightedRSquared(Float64Array.from(truth), squaredResiduals(truth, scores), null);
  return Number.isNaN(value) ? null : value;
}

/** The same with a multiplicity per row, from the squared residuals; NaN when it is not defined. */
export function weightedRSquared(
  truth: Float64Array,
  squares: Float64Array,
  weights: ArrayLike<number> | null,
): number {
  const mean = meanOf(truth, weights);
  let spread = 0;
  let error = 0;
  for (let i = 0; i < truth.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    spread += weight * (truth[i]! - mean) ** 2;
    error += weight * squares[i]!;
  }
  // Rounding of a mean leaves a trace of spread in a truth without any.
  return spread > 1e-24 * mean * mean * truth.length ? 1 - error / spread : Number.NaN;
}
