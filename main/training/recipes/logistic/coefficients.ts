import { normalTwoSidedP, z95 } from '../../../../shared/statistics/normal.ts';
import type { Coefficient, ModelColumn } from '../recipe.ts';

/**
 * Coefficients in the units of the data (per year, per mmHg; per class label against the first class), with Wald intervals:
 * a standardised weight w has coefficient w / scale, and the intercept moves by the means. `covariance` is the inverse of the
 * penalised Hessian (row-major, null when it has none); with a penalty the estimates are shrunken and the intervals are
 * those of the penalised fit.
 */
export function coefficientTable(
  w: Float64Array,
  covariance: Float64Array | null,
  columns: ModelColumn[],
  classes: string[],
): Coefficient[] {
  const stride = columns.length + 1;
  const outputs = w.length / stride;
  const table: Coefficient[] = [];
  for (let k = outputs === 1 ? 0 : 1; k < outputs; k++) {
    const outcome = outputs === 1 ? classes[1]! : classes[k]!;
    // Row of the linear map from all parameters to one coefficient.
    const contrast = (fill: (row: Float64Array, at: number, sign: number) => void): Float64Array => {
      const row = new Float64Array(w.length);
      fill(row, k * stride, 1);
      if (outputs > 1) fill(row, 0, -1);
      return row;
    };
    const intercept = contrast((row, at, sign) => {
      row[at + columns.length] = sign;
      columns.forEach(({ mean, scale }, j) => {
        row[at + j] = (-sign * mean) / scale;
      });
    });
    table.push(coefficient('(intercept)', outcome, intercept, w, covariance));
    columns.forEach(({ name, scale }, j) => {
      const row = contrast((into, at, sign) => {
        into[at + j] = sign / scale;
      });
      table.push(coefficient(name, outcome, row, w, covariance));
    });
  }
  return table;
}

function coefficient(
  name: string,
  outcome: string,
  row: Float64Array,
  w: Float64Array,
  covariance: Float64Array | null,
): Coefficient {
  const used = [...row.keys()].filter((i) => row[i] !== 0);
  const value = used.reduce((sum, i) => sum + row[i]! * w[i]!, 0);
  const oddsRatio = finiteExp(value);
  const none = { standardError: null, low: null, high: null, p: null };
  if (covariance === null) return { name, outcome, coefficient: value, oddsRatio, ...none };
  let variance = 0;
  for (const a of used) for (const b of used) variance += row[a]! * row[b]! * covariance[a * w.length + b]!;
  const standardError = Math.sqrt(variance);
  if (!(standardError > 0 && Number.isFinite(standardError)))
    return { name, outcome, coefficient: value, oddsRatio, ...none };
  return {
    name,
    outcome,
    coefficient: value,
    standardError,
    oddsRatio,
    low: finiteExp(value - z95 * standardError),
    high: finiteExp(value + z95 * standardError),
    p: normalTwoSidedP(value / standardError),
  };
}

/** A separated class has no finite odds ratio; the record holds the largest number instead of infinity. */
const finiteExp = (value: number): number => Math.min(Math.exp(value), Number.MAX_VALUE);
