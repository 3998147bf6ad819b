/** Smallest and largest value that was seen in a bin. */
export type Bin = { low: number; high: number };

/**
 * Cuts values into at most `bins` bins of about equal numbers of rows, from the lowest; equal values are never parted, so
 * there may be fewer bins.
 */
export function cutIntoBins(values: Float64Array, bins: number): Bin[] {
  const sorted = Float64Array.from(values).sort();
  const cut: Bin[] = [];
  for (let from = 0; from < sorted.length; ) {
    const wanted = Math.max(from + 1, Math.round((sorted.length * (cut.length + 1)) / bins));
    const end = nearestStep(sorted, from, Math.min(wanted, sorted.length));
    cut.push({ low: sorted[from]!, high: sorted[end - 1]! });
    from = end;
  }
  return cut;
}

/** The place nearest to `wanted` where the value changes, after `from`. */
function nearestStep(sorted: Float64Array, from: number, wanted: number): number {
  let after = wanted;
  while (after < sorted.length && sorted[after] === sorted[after - 1]) after++;
  let before = wanted;
  while (before > from && sorted[before] === sorted[before - 1]) before--;
  return before > from && wanted - before < after - wanted ? before : after;
}
