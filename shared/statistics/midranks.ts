/** Positions of values in rising order; equal values lie together. */
export function risingOrder(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}

/**
 * Midranks from 1: of tied values each has the mean of the ranks they take up together. `order` is their rising order; with
 * `weights` a row counts that often, and rows of weight 0 get the rank of their place, which counts nowhere.
 */
export function midranks(
  values: ArrayLike<number>,
  order: Uint32Array,
  weights: ArrayLike<number> | null,
): Float64Array {
  const ranks = new Float64Array(values.length);
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    for (; to < order.length && values[order[to]!] === values[order[from]!]; to++) {
      tied += weights === null ? 1 : weights[order[to]!]!;
    }
    for (let k = from; k < to; k++) ranks[order[k]!] = before + (tied + 1) / 2;
    before += tied;
    from = to;
  }
  return ranks;
}
