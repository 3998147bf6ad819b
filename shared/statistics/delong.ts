import type { Placements } from './placements.ts';

/**
 * Variance of an AUC, or of a paired difference in AUC, by DeLong, DeLong and Clarke-Pearson (1988): the sample variance of
 * the positives' placements over m plus that of the negatives' over n. Rows are taken as independent.
 * null with fewer than two of either class.
 */
export function delongVariance(placed: Placements): number | null {
  const { positives, negatives, truth, values, auc } = placed;
  if (positives < 2 || negatives < 2) return null;
  let ofPositives = 0;
  let ofNegatives = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - auc;
    if (truth[i] === 1) ofPositives += deviation * deviation;
    else ofNegatives += deviation * deviation;
  }
  return ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives;
}
