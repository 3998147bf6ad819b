/** Class with the largest probability per row; the first of equals. `scores` is row-major, rows × classes. */
export function predictedClasses(scores: ArrayLike<number>, rows: number, classes: number): Uint16Array {
  const predicted = new Uint16Array(rows);
  for (let i = 0; i < rows; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (scores[i * classes + c]! > scores[i * classes + best]!) best = c;
    predicted[i] = best;
  }
  return predicted;
}

/** Counts by true class (rows) and predicted class (columns). `weights` is a multiplicity per row (null: once each). */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  weights: ArrayLike<number> | null = null,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < predicted.length; i++) matrix[truth[i]!]![predicted[i]!]! += weights === null ? 1 : weights[i]!;
  return matrix;
}
