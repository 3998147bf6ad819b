/** Probabilities of one row's scores, which begin at `from`. */
export function softmaxOf(scores: Float64Array, from: number, p: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < p.length; k++) most = Math.max(most, scores[from + k]!);
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    const e = Math.exp(scores[from + k]! - most);
    p[k] = e;
    sum += e;
  }
  for (let k = 0; k < p.length; k++) p[k]! /= sum;
}
