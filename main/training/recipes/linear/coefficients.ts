import { normalTwoSidedP, z95 } from '../../../../shared/statistics/normal.ts';
import type { Coefficient, ModelColumn } from '../recipe.ts';
import type { Ridge } from './solve-ridge.ts';

/**
 * Coefficients in the units of the data, the intercept first, with Wald intervals: a standardised weight w is w / scale per
 * unit, and the intercept moves by the means. Variances are s² times the inverse of the penalised cross-products, s² the sum of
 * squared errors over the degrees of freedom left; without a penalty they are those of ordinary least squares. With one the
 * estimates are shrunken and the intervals are those of the penalised fit.
 */
export function linearCoefficients(ridge: Ridge, columns: ModelColumn[], rows: number): Coefficient[] {
  const { w, inverse, squares, degrees } = ridge;
  const left = rows - degrees;
  const variance = inverse === null || left <= 0 ? null : squares / left;
  const width = columns.length;
  const shift = columns.map(({ mean, scale }) => -mean / scale);
  const intercept = shift.reduce((sum, by, j) => sum + by * w[j]!, w[width]!);
  let interceptVariance = 1 / rows;
  if (inverse !== null) {
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) interceptVariance += shift[a]! * shift[b]! * inverse[a * width + b]!;
  }
  const errorOf = (share: number): number | null => (variance === null ? null : Math.sqrt(variance * share));
  return [
    row('(intercept)', intercept, errorOf(interceptVariance)),
    ...columns.map(({ name, scale }, j) =>
      row(name, w[j]! / scale, errorOf(inverse === null ? 0 : inverse[j * width + j]! / scale ** 2)),
    ),
  ];
}

function row(name: string, coefficient: number, error: number | null): Coefficient {
  const outcome = '';
  if (error === null || !(error > 0 && Number.isFinite(error))) {
    return { name, outcome, coefficient, standardError: null, oddsRatio: null, low: null, high: null, p: null };
  }
  return {
    name,
    outcome,
    coefficient,
    standardError: error,
    oddsRatio: null,
    low: coefficient - z95 * error,
    high: coefficient + z95 * error,
    p: normalTwoSidedP(coefficient / error),
  };
}
