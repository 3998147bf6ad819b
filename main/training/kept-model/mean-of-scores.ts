/** Mean of the scores of several models for the same rows: of probabilities per class, or of predicted values. */
export function meanOfScores(scores: readonly Float64Array[]): Float64Array {
  if (scores.length === 1) return scores[0]!;
  return scores[0]!.map((_, i) => scores.reduce((sum, one) => sum + one[i]!, 0) / scores.length);
}
