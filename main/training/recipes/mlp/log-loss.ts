/** Mean negative log-likelihood of 32-bit probabilities (rows × outputs), kept 1e-7 away from 0 and 1, weighted by class. */
export function meanLogLoss(
  probabilities: Float32Array,
  y: Float64Array,
  outputs: number,
  classWeights: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const p =
      outputs === 1 ? (y[i] === 1 ? probabilities[i]! : 1 - probabilities[i]!) : probabilities[i * outputs + y[i]!]!;
    sum -= classWeights[y[i]!]! * Math.log(Math.max(p, 1e-7));
  }
  return sum / y.length;
}
