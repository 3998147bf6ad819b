import { type Ranked, rankByScore } from './ranked.ts';

/**
 * Area under the ROC curve: the probability that a positive scores higher than a negative, ties counting one half
 * (the Mann–Whitney U over m·n). `truth` is 1 for the positive class. null without both classes. O(n log n).
 */
export function auc(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = aucOfRanked(rankByScore(truth, scores), null);
  return Number.isNaN(value) ? null : value;
}

/** The same over sorted rows with a multiplicity per entry (null: once each); NaN without both classes. O(n). */
export function aucOfRanked(ranked: Ranked, weights: ArrayLike<number> | null): number {
  const { positive, scores } = ranked;
  const rows = scores.length;
  let positives = 0;
  let negatives = 0;
  let won = 0;
  for (let k = 0; k < rows; ) {
    const score = scores[k]!;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    do {
      const weight = weights === null ? 1 : weights[k]!;
      if (positive[k] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
      k++;
    } while (k < rows && scores[k] === score);
    // Scores fall: the negatives of this tie lose to every positive seen before.
    won += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  return won / (positives * negatives);
}
