import type { Confusion } from './confusion.ts';

/** F1 of the positive class, 2TP/(2TP + FP + FN), the harmonic mean of PPV and sensitivity; NaN when nothing is positive, true or called. */
export function f1(c: Confusion): number {
  return (2 * c.truePositive) / (2 * c.truePositive + c.falsePositive + c.falseNegative);
}

/** Mean of the classes' F1, each class against the rest; classes neither true nor called in any row are left out. */
export function macroF1(matrix: readonly (readonly number[])[]): number {
  let sum = 0;
  let counted = 0;
  matrix.forEach((row, c) => {
    const hit = row[c]!;
    const ofTruth = row.reduce((a, b) => a + b, 0);
    const called = matrix.reduce((total, other) => total + other[c]!, 0);
    if (ofTruth + called === 0) return;
    sum += (2 * hit) / (ofTruth + called);
    counted++;
  });
  return sum / counted;
}
