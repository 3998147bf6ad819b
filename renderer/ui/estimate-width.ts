/** Pixels of normal text that `0.174 [0.131–0.217]` takes with these decimals, so that no number is ever cut: three numbers of them. */
export function estimateWidth(decimals: number): number {
  return 78 + 21 * decimals;
}
