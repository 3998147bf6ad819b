/**
 * Matthews correlation coefficient of a confusion matrix (rows truth, columns prediction) of any number of classes:
 * Gorodkin's R_K (2004), for two classes Matthews' (TP·TN − FP·FN)/√(…). Between −1 and 1; NaN when either the truth or the
 * prediction has one class only, where scikit-learn returns 0.
 */
export function mcc(matrix: readonly (readonly number[])[]): number {
  const classes = matrix.length;
  let total = 0;
  let right = 0;
  const ofTruth = new Array<number>(classes).fill(0);
  const called = new Array<number>(classes).fill(0);
  for (let t = 0; t < classes; t++) {
    for (let p = 0; p < classes; p++) {
      const count = matrix[t]![p]!;
      total += count;
      ofTruth[t]! += count;
      called[p]! += count;
      if (t === p) right += count;
    }
  }
  let both = 0;
  let squareTruth = 0;
  let squareCalled = 0;
  for (let c = 0; c < classes; c++) {
    both += ofTruth[c]! * called[c]!;
    squareTruth += ofTruth[c]! ** 2;
    squareCalled += called[c]! ** 2;
  }
  return (right * total - both) / Math.sqrt((total ** 2 - squareCalled) * (total ** 2 - squareTruth));
}
