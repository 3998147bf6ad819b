/** One weight per class, n ÷ (classes × rows of the class), or 1 each when they are off. Their mean over the rows is 1. */
export function classWeights(y: Float64Array, classes: number, on: boolean): Float64Array {
  if (!on) return new Float64Array(classes).fill(1);
  const counts = new Float64Array(classes);
  for (const k of y) counts[k]! += 1;
  return counts.map((count) => y.length / (classes * Math.max(1, count)));
}
