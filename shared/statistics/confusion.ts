/** Counts of a two-class decision. */
export type Confusion = { truePositive: number; falsePositive: number; falseNegative: number; trueNegative: number };

/** Counts when a score at or above the threshold is called positive. `weights` is a multiplicity per row (null: once each). */
export function confusionAt(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  weights: ArrayLike<number> | null = null,
): Confusion {
  let truePositive = 0;
  let falsePositive = 0;
  let falseNegative = 0;
  let trueNegative = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    if (truth[i] === 1) {
      if (scores[i]! >= threshold) truePositive += weight;
      else falseNegative += weight;
    } else if (scores[i]! >= threshold) falsePositive += weight;
    else trueNegative += weight;
  }
  return { truePositive, falsePositive, falseNegative, trueNegative };
}

/** The counts as a table, rows = truth, columns = prediction, negative class first. */
export function confusionTable(counts: Confusion): number[][] {
  return [
    [counts.trueNegative, counts.falsePositive],
    [counts.falseNegative, counts.truePositive],
  ];
}
