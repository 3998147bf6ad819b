/** What a network's scores say: sigmoid of one, softmax of more, row by row. */
export function probabilitiesOf(scores: Float32Array, outputs: number): Float64Array {
  if (outputs === 1) return Float64Array.from(scores, (score) => 1 / (1 + Math.exp(-score)));
  const all = Float64Array.from(scores);
  for (let at = 0; at < all.length; at += outputs) {
    const row = all.subarray(at, at + outputs);
    const largest = row.reduce((a, b) => Math.max(a, b));
    for (let k = 0; k < outputs; k++) row[k] = Math.exp(row[k]! - largest);
    const sum = row.reduce((a, b) => a + b);
    for (let k = 0; k < outputs; k++) row[k] = row[k]! / sum;
  }
  return all;
}
