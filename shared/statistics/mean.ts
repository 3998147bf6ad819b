/** Mean of the values, `weights` a multiplicity of each (null: once each); NaN without any. */
export function meanOf(values: Float64Array, weights: ArrayLike<number> | null): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * values[i]!;
    total += weight;
  }
  return sum / total;
}
