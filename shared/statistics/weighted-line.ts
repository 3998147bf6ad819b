/** Line y = intercept + slope · x with the correlation of the two; the numbers are NaN where x (or, for r, y) does not vary. */
export type Line = { intercept: number; slope: number; r: number };

/** Least squares with a multiplicity per row (null: once each), in two passes over centred values. */
export function weightedLine(x: ArrayLike<number>, y: ArrayLike<number>, weights: ArrayLike<number> | null): Line {
  let total = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    total += weight;
    meanX += weight * x[i]!;
    meanY += weight * y[i]!;
  }
  meanX /= total;
  meanY /= total;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += weight * dx * dx;
    yy += weight * dy * dy;
    xy += weight * dx * dy;
  }
  const varies = xx > 1e-24 * meanX * meanX * total;
  const slope = varies ? xy / xx : Number.NaN;
  const both = varies && yy > 1e-24 * meanY * meanY * total;
  return { intercept: meanY - slope * meanX, slope, r: both ? xy / Math.sqrt(xx * yy) : Number.NaN };
}
