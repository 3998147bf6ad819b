/**
 * One weight per class, n / (classes × rows of the class), so that all weigh the same together and the mean weight is 1:
 * scikit-learn's `class_weight='balanced'`. A class without rows has weight 0.
 */
export function balancedWeights(y: Float64Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const k of y) counts[k]! += 1;
  return counts.map((count) => (count === 0 ? 0 : y.length / (classes * count)));
}
