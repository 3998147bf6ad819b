import { BLOCK, SLOTS } from './arena.ts';

// One block is four columns; a word of `words` holds a row's four bins. Sums are in double precision and in the order of the
// rows, so they do not depend on the number of threads. The four functions differ in what they can leave out, and are written
// out in full because a call or a test per row would double the time.

const SECOND = 256 * SLOTS;
const THIRD = 2 * SECOND;
const FOURTH = 3 * SECOND;

/** Adds every row, in the order of the table, to an empty histogram. */
export function addAllRows(
  histogram: Float64Array,
  words: Int32Array,
  gradients: Float32Array,
  constantHessian: boolean,
): void {
  if (constantHessian) {
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      const g = gradients[2 * i]!;
      const a = (word & 255) * SLOTS;
      const b = ((word >>> 8) & 255) * SLOTS + SECOND;
      const c = ((word >>> 16) & 255) * SLOTS + THIRD;
      const d = (word >>> 24) * SLOTS + FOURTH;
      histogram[a]! += g;
      histogram[a + 2]! += 1;
      histogram[b]! += g;
      histogram[b + 2]! += 1;
      histogram[c]! += g;
      histogram[c + 2]! += 1;
      histogram[d]! += g;
      histogram[d + 2]! += 1;
    }
    hessiansFromCounts(histogram);
    return;
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const g = gradients[2 * i]!;
    const h = gradients[2 * i + 1]!;
    const a = (word & 255) * SLOTS;
    const b = ((word >>> 8) & 255) * SLOTS + SECOND;
    const c = ((word >>> 16) & 255) * SLOTS + THIRD;
    const d = (word >>> 24) * SLOTS + FOURTH;
    histogram[a]! += g;
    histogram[a + 1]! += h;
    histogram[a + 2]! += 1;
    histogram[b]! += g;
    histogram[b + 1]! += h;
    histogram[b + 2]! += 1;
    histogram[c]! += g;
    histogram[c + 1]! += h;
    histogram[c + 2]! += 1;
    histogram[d]! += g;
    histogram[d + 1]! += h;
    histogram[d + 2]! += 1;
  }
}

/** Adds the rows at positions `from` to `to` of `order`, whose gradients lie by position in `ordered`. */
export function addSomeRows(
  histogram: Float64Array,
  words: Int32Array,
  order: Int32Array,
  ordered: Float32Array,
  from: number,
  to: number,
  constantHessian: boolean,
): void {
  if (constantHessian) {
    for (let i = from; i < to; i++) {
      const word = words[order[i]!]!;
      const g = ordered[2 * i]!;
      const a = (word & 255) * SLOTS;
      const b = ((word >>> 8) & 255) * SLOTS + SECOND;
      const c = ((word >>> 16) & 255) * SLOTS + THIRD;
      const d = (word >>> 24) * SLOTS + FOURTH;
      histogram[a]! += g;
      histogram[a + 2]! += 1;
      histogram[b]! += g;
      histogram[b + 2]! += 1;
      histogram[c]! += g;
      histogram[c + 2]! += 1;
      histogram[d]! += g;
      histogram[d + 2]! += 1;
    }
    hessiansFromCounts(histogram);
    return;
  }
  for (let i = from; i < to; i++) {
    const word = words[order[i]!]!;
    const g = ordered[2 * i]!;
    const h = ordered[2 * i + 1]!;
    const a = (word & 255) * SLOTS;
    const b = ((word >>> 8) & 255) * SLOTS + SECOND;
    const c = ((word >>> 16) & 255) * SLOTS + THIRD;
    const d = (word >>> 24) * SLOTS + FOURTH;
    histogram[a]! += g;
    histogram[a + 1]! += h;
    histogram[a + 2]! += 1;
    histogram[b]! += g;
    histogram[b + 1]! += h;
    histogram[b + 2]! += 1;
    histogram[c]! += g;
    histogram[c + 1]! += h;
    histogram[c + 2]! += 1;
    histogram[d]! += g;
    histogram[d + 1]! += h;
    histogram[d + 2]! += 1;
  }
}

function hessiansFromCounts(histogram: Float64Array): void {
  for (let at = 0; at < BLOCK; at += SLOTS) histogram[at + 1] = histogram[at + 2]!;
}

/** Takes the smaller child's histogram out of the parent's, which leaves the larger child's. */
export function subtract(parent: Float64Array, child: Float64Array): void {
  for (let at = 0; at < BLOCK; at++) parent[at]! -= child[at]!;
}
