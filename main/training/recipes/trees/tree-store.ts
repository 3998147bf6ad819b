import { MISSING_BIN } from './bins.ts';

/** Bits of a node's `flags`. */
export const LEAF = 1;
export const MISSING_LEFT = 2;
/** The split is by a set of levels: `link` is an entry of `sets`. */
export const LEVELS = 4;
/** Words of one entry of `sets`: the right child, then a bit for each bin that goes left. */
export const SET_WORDS = 9;

/**
 * Many trees, 8 bytes a node. Nodes of a tree lie in preorder: the left child follows its parent, `link` is the right child,
 * counted from the root. A row goes left when its bin in column `feature` is at most `bin`. In a leaf `link` holds the bits of
 * a 32-bit float, its value, or where trees have `width` > 1 values the number of an entry of `values`.
 */
export type TreeArrays = {
  feature: Uint16Array;
  bin: Uint8Array;
  flags: Uint8Array;
  link: Uint32Array;
  /** First node of each tree. */
  roots: Uint32Array;
  sets: Uint32Array;
  values: Float32Array;
};

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

export function bitsOfFloat(value: number): number {
  float[0] = value;
  return bits[0]!;
}

export function floatOfBits(value: number): number {
  bits[0] = value;
  return float[0]!;
}

/**
 * Node (counted over all trees) of the leaf that a row falls into. Its bins lie in `x` from `row` on, `stride` apart: 1 for rows
 * × columns, the number of rows for columns × rows.
 */
export function leafOf(trees: TreeArrays, root: number, x: Uint8Array, row: number, stride = 1): number {
  const { feature, bin, flags, link, sets } = trees;
  let node = root;
  for (;;) {
    const kind = flags[node]!;
    if ((kind & LEAF) !== 0) return node;
    const own = x[row + feature[node]! * stride]!;
    let left: boolean;
    let right = link[node]!;
    if ((kind & LEVELS) !== 0) {
      const set = right * SET_WORDS;
      right = sets[set]!;
      left =
        own === MISSING_BIN ? (kind & MISSING_LEFT) !== 0 : ((sets[set + 1 + (own >>> 5)]! >>> (own & 31)) & 1) === 1;
    } else {
      left = own === MISSING_BIN ? (kind & MISSING_LEFT) !== 0 : own <= bin[node]!;
    }
    node = left ? node + 1 : root + right;
  }
}

/** Adds each tree's value in a row's leaf to `out[row · stride + offset]`, in the order of the trees from `first` to `last`. */
export function addLeafValues(
  trees: TreeArrays,
  first: number,
  last: number,
  step: number,
  x: Uint8Array,
  columns: number,
  out: Float64Array,
  stride: number,
  offset: number,
): void {
  const rows = out.length / stride;
  const { roots, link } = trees;
  const values = new Float32Array(link.buffer, link.byteOffset, link.length);
  // Blocks of rows stay in the cache while the trees pass over them.
  for (let from = 0; from < rows; from += 512) {
    const to = Math.min(rows, from + 512);
    for (let tree = first; tree < last; tree += step) {
      const root = roots[tree]!;
      for (let row = from; row < to; row++) {
        out[row * stride + offset]! += values[leafOf(trees, root, x, row * columns)]!;
      }
    }
  }
}

/** The same for trees whose leaves have `width` values: adds all of them to `out[row · width + k]`. */
export function addLeafVectors(
  trees: TreeArrays,
  first: number,
  last: number,
  x: Uint8Array,
  columns: number,
  out: Float64Array,
  width: number,
): void {
  const rows = out.length / width;
  const { roots, link, values } = trees;
  for (let from = 0; from < rows; from += 512) {
    const to = Math.min(rows, from + 512);
    for (let tree = first; tree < last; tree++) {
      const root = roots[tree]!;
      for (let row = from; row < to; row++) {
        const value = link[leafOf(trees, root, x, row * columns)]! * width;
        for (let k = 0; k < width; k++) out[row * width + k]! += values[value + k]!;
      }
    }
  }
}
