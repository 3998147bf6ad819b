/** Share of rows on the diagonal of a confusion matrix (rows truth, columns prediction); NaN without rows. */
export function matrixAccuracy(matrix: readonly (readonly number[])[]): number {
  let right = 0;
  let total = 0;
  matrix.forEach((row, c) => {
    right += row[c]!;
    for (const count of row) total += count;
  });
  return right / total;
}

/** Balanced accuracy: mean over the classes that occur of the share recognised; NaN when fewer than two occur. */
export function meanRecall(matrix: readonly (readonly number[])[]): number {
  const recalls = matrix.flatMap((row, c) => {
    const total = row.reduce((a, b) => a + b, 0);
    return total === 0 ? [] : [row[c]! / total];
  });
  return recalls.length < 2 ? Number.NaN : recalls.reduce((a, b) => a + b, 0) / recalls.length;
}
