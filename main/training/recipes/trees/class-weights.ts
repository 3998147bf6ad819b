/** One weight per class: 1, or n / (classes × rows of the class), so that every class weighs the same. */
export function classWeights(y: Float64Array, classes: number, balanced: boolean): Float64Array {
  const counts = new Float64Array(classes);
  for (const k of y) counts[k]! += 1;
  return counts.map((count) => (balanced && count > 0 ? y.length / (classes * count) : 1));
}
