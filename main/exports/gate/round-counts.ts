/** Nearest multiple of `base`. */
export const roundCount = (count: number, base: number): number => base * Math.round(count / base);

/**
 * S2 for counts that are shown with their total: each result is a multiple of `base`, the results add up to the rounded
 * total, and so does every run of them from the first one. The cumulative sums are rounded and differences taken (controlled
 * rounding), so that totals never need a rounding of their own. Each differs from its count by less than `base`.
 */
export function roundChain(counts: readonly number[], base: number): number[] {
  let sum = 0;
  let rounded = 0;
  return counts.map((count) => {
    sum += count;
    const before = rounded;
    rounded = roundCount(sum, base);
    return rounded - before;
  });
}
