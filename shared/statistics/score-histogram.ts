/** Counts of scores per true class in equal bins over [0, 1]; `edges` has one entry more than the bins. */
export type ScoreHistogram = { edges: Float64Array; negative: Int32Array; positive: Int32Array };

/** Histogram of scores per true class; a bin holds its lower edge, the last one its upper edge as well. */
export function scoreHistogram(truth: ArrayLike<number>, scores: ArrayLike<number>, bins = 20): ScoreHistogram {
  const negative = new Int32Array(bins);
  const positive = new Int32Array(bins);
  for (let i = 0; i < scores.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(scores[i]! * bins)));
    if (truth[i] === 1) positive[bin]!++;
    else negative[bin]!++;
  }
  return { edges: Float64Array.from({ length: bins + 1 }, (_, k) => k / bins), negative, positive };
}
