import { rankByScore } from './ranked.ts';

/**
 * Precision and recall from the strictest threshold to the loosest, one point per distinct score (score ≥ threshold counts
 * as positive). The first point is recall 0, precision 1 at threshold ∞, scikit-learn's convention.
 */
export type PrecisionRecall = { thresholds: Float64Array; precision: Float64Array; recall: Float64Array };

/** Precision–recall curve; null without both classes. O(n log n). */
export function precisionRecall(truth: ArrayLike<number>, scores: ArrayLike<number>): PrecisionRecall | null {
  const ranked = rankByScore(truth, scores);
  const rows = ranked.scores.length;
  const thresholds = [Number.POSITIVE_INFINITY];
  const precision = [1];
  const truePositives = [0];
  let positives = 0;
  for (let k = 0; k < rows; k++) {
    positives += ranked.positive[k]!;
    if (k + 1 < rows && ranked.scores[k + 1] === ranked.scores[k]) continue;
    thresholds.push(ranked.scores[k]!);
    precision.push(positives / (k + 1));
    truePositives.push(positives);
  }
  if (positives === 0 || positives === rows) return null;
  return {
    thresholds: Float64Array.from(thresholds),
    precision: Float64Array.from(precision),
    recall: Float64Array.from(truePositives, (count) => count / positives),
  };
}
