import { rankByScore } from './ranked.ts';

/**
 * Structural components of the AUC (Sen 1960; DeLong 1988), one per row: for a positive the share of negatives it beats
 * (ties one half), for a negative the share of positives that beat it. Their mean within either class is the AUC.
 */
export type Placements = {
  auc: number;
  positives: number;
  negatives: number;
  /** 1 for rows of the positive class. */
  truth: ArrayLike<number>;
  values: Float64Array;
};

/** Placements of all rows, in the order of the rows; null without both classes. O(n log n). */
export function placements(truth: ArrayLike<number>, scores: ArrayLike<number>): Placements | null {
  const ranked = rankByScore(truth, scores);
  const rows = ranked.scores.length;
  let positives = 0;
  for (let k = 0; k < rows; k++) positives += ranked.positive[k]!;
  const negatives = rows - positives;
  if (positives === 0 || negatives === 0) return null;

  const values = new Float64Array(rows);
  let positivesAbove = 0;
  let negativesAbove = 0;
  let sum = 0;
  for (let k = 0; k < rows; ) {
    let end = k;
    let tiedPositives = 0;
    do {
      tiedPositives += ranked.positive[end]!;
      end++;
    } while (end < rows && ranked.scores[end] === ranked.scores[k]);
    const tiedNegatives = end - k - tiedPositives;
    const ofPositive = (negatives - negativesAbove - tiedNegatives / 2) / negatives;
    const ofNegative = (positivesAbove + tiedPositives / 2) / positives;
    for (; k < end; k++) values[ranked.order[k]!] = ranked.positive[k] === 1 ? ofPositive : ofNegative;
    sum += tiedNegatives * (positivesAbove + tiedPositives / 2);
    positivesAbove += tiedPositives;
    negativesAbove += tiedNegatives;
  }
  return { auc: sum / (positives * negatives), positives, negatives, truth, values };
}

/**
 * Placements of a difference in AUC on the same rows, `a − b`: they are linear, so every variance of placements applied to
 * the difference is the variance of the paired difference.
 */
export function placementDifference(a: Placements, b: Placements): Placements {
  return { ...a, auc: a.auc - b.auc, values: a.values.map((value, i) => value - b.values[i]!) };
}
