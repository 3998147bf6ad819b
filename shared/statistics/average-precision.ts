import { type Ranked, rankByScore } from './ranked.ts';

/**
 * Average precision Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct thresholds from strict to loose, without interpolation
 * (scikit-learn's `average_precision_score`). null without both classes. O(n log n).
 */
export function averagePrecision(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = averagePrecisionOfRanked(rankByScore(truth, scores), null);
  return Number.isNaN(value) ? null : value;
}

/** The same over sorted rows with a multiplicity per entry (null: once each); NaN without both classes. O(n). */
export function averagePrecisionOfRanked(ranked: Ranked, weights: ArrayLike<number> | null): number {
  const { positive, scores } = ranked;
  const rows = scores.length;
  let positives = 0;
  let seen = 0;
  let sum = 0;
  for (let k = 0; k < rows; ) {
    const score = scores[k]!;
    let tied = 0;
    do {
      const weight = weights === null ? 1 : weights[k]!;
      seen += weight;
      tied += weight * positive[k]!;
      k++;
    } while (k < rows && scores[k] === score);
    if (tied === 0) continue;
    positives += tied;
    sum += tied * (positives / seen);
  }
  return positives === seen ? Number.NaN : sum / positives;
}
