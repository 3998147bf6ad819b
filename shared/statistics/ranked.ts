/**
 * Binary predictions in order of falling score: what the rank statistics walk over. `order[k]` is the original row of the
 * k-th entry, `positive[k]` is 1 for the positive class and 0 otherwise.
 */
export type Ranked = { positive: Uint8Array; scores: Float64Array; order: Uint32Array };

/** Sorts rows by falling score (finite numbers); rows of equal score keep their order. O(n log n). */
export function rankByScore(truth: ArrayLike<number>, scores: ArrayLike<number>): Ranked {
  const rows = scores.length;
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const positive = new Uint8Array(rows);
  const sorted = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    positive[k] = truth[order[k]!] === 1 ? 1 : 0;
    sorted[k] = scores[order[k]!]!;
  }
  return { positive, scores: sorted, order };
}
