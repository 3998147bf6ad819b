import { roundChain } from './round-counts.ts';

const reach = 4;

/**
 * S4 for the AUC, which is a fraction u / (p · n) with u a multiple of ½: how many triples (p, n, u) show the same rounded
 * class counts and the same rounded AUC, counted up to `limit`.
 */
export function countAucTables(
  positives: number,
  negatives: number,
  auc: number,
  decimals: number,
  base: number,
  limit: number,
): number {
  const unit = 10 ** decimals;
  const rounded = Math.round(auc * unit);
  const wanted = roundChain([positives, negatives], base).join();
  let found = 0;
  for (let p = Math.max(1, positives - reach); p <= positives + reach; p++) {
    for (let n = Math.max(1, negatives - reach); n <= negatives + reach; n++) {
      if (roundChain([p, n], base).join() !== wanted) continue;
      const halves = 2 * p * n;
      const first = Math.ceil(((rounded - 0.5) / unit) * halves);
      const last = Math.ceil(((rounded + 0.5) / unit) * halves) - 1;
      found += Math.max(0, Math.min(last, halves) - Math.max(first, 0) + 1);
      if (found >= limit) return limit;
    }
  }
  return found;
}
