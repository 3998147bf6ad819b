/** How a column enters a tree: a number (NaN where missing), or a level's code from 0 (NaN where missing or unknown). */
export type TreeColumn = { kind: 'number' } | { kind: 'levels'; levels: number };

/** The bin of a missing cell; bins of values are 0 to 254. */
export const MISSING_BIN = 255;

/** Upper bounds of a number column's bins but the last, ascending: value ≤ bounds[b] falls into bin b at most. */
export type Bounds = Float64Array;

/**
 * Bounds of a number column's bins from a sample of its values (NaN is skipped; `values` is sorted in place). Up to `maxBins`
 * distinct values have a bin each, the bounds in the middle between neighbours; more are cut at the quantiles i / maxBins, each
 * the middle of the two order statistics around it. scikit-learn's HistGradientBoosting bins so.
 */
export function fitBounds(values: Float64Array, maxBins: number): Bounds {
  // Typed arrays sort NaN last.
  values.sort();
  let count = values.length;
  while (count > 0 && Number.isNaN(values[count - 1]!)) count--;
  const distinct: number[] = [];
  for (let i = 0; i < count && distinct.length <= maxBins; i++) {
    if (i === 0 || values[i]! !== values[i - 1]!) distinct.push(values[i]!);
  }
  const bounds: number[] = [];
  if (distinct.length <= maxBins) {
    for (let i = 1; i < distinct.length; i++) bounds.push(middle(distinct[i - 1]!, distinct[i]!));
  } else {
    for (let i = 1; i < maxBins; i++) {
      const at = ((count - 1) * i) / maxBins;
      const bound = middle(values[Math.floor(at)]!, values[Math.ceil(at)]!);
      if (bounds.length === 0 || bound > bounds.at(-1)!) bounds.push(bound);
    }
  }
  return Float64Array.from(bounds);
}

/** Halves first, so that two huge numbers do not overflow. */
const middle = (a: number, b: number): number => (Math.abs(a) + Math.abs(b) > 1e300 ? a / 2 + b / 2 : (a + b) / 2);

/** Bin of a number: how many bounds lie below it. */
export function binOfNumber(bounds: Float64Array, from: number, count: number, value: number): number {
  if (Number.isNaN(value)) return MISSING_BIN;
  let low = from;
  let high = from + count;
  while (low < high) {
    const at = (low + high) >>> 1;
    if (value > bounds[at]!) low = at + 1;
    else high = at;
  }
  return low - from;
}

/** Bin of a level: its code; codes from 255 on count as missing. */
export const binOfLevel = (code: number): number => (code >= 0 && code < MISSING_BIN ? code : MISSING_BIN);
