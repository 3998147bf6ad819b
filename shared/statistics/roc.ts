import { rankByScore } from './ranked.ts';

/**
 * ROC points from the strictest threshold to the loosest, one per distinct score: a row counts as positive when its score
 * is at or above the threshold, so tied rows enter together. The first point is (0, 0) at threshold ∞.
 */
export type RocCurve = {
  thresholds: Float64Array;
  falsePositiveRate: Float64Array;
  truePositiveRate: Float64Array;
};

/** ROC curve; as scikit-learn's `roc_curve(drop_intermediate=False)`. null without both classes. O(n log n). */
export function rocCurve(truth: ArrayLike<number>, scores: ArrayLike<number>): RocCurve | null {
  const ranked = rankByScore(truth, scores);
  const rows = ranked.scores.length;
  const thresholds = [Number.POSITIVE_INFINITY];
  const falsePositives = [0];
  const truePositives = [0];
  let positives = 0;
  let negatives = 0;
  for (let k = 0; k < rows; k++) {
    if (ranked.positive[k] === 1) positives++;
    else negatives++;
    if (k + 1 < rows && ranked.scores[k + 1] === ranked.scores[k]) continue;
    thresholds.push(ranked.scores[k]!);
    falsePositives.push(negatives);
    truePositives.push(positives);
  }
  if (positives === 0 || negatives === 0) return null;
  return {
    thresholds: Float64Array.from(thresholds),
    falsePositiveRate: Float64Array.from(falsePositives, (count) => count / negatives),
    truePositiveRate: Float64Array.from(truePositives, (count) => count / positives),
  };
}
