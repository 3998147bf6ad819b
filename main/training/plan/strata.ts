/** Strata of a number to predict. */
const STRATA = 5;

/**
 * What a split keeps even between its parts, one code per row: the class, or for regression the fifth of the target's
 * distribution that the row lies in.
 */
export function strataOf(y: Float64Array, classes: string[]): Int32Array {
  if (classes.length > 0) return Int32Array.from(y);
  const sorted = y.slice().sort();
  const edges = Array.from({ length: STRATA - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / STRATA)]!);
  return Int32Array.from(y, (value) => edges.reduce((code, edge) => code + (value >= edge ? 1 : 0), 0));
}
