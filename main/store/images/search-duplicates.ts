import { candidatePairs } from './candidate-pairs.ts';
import { COPY_BYTES, COPY_SIDE, HASH_BYTES } from './image-hash.ts';

/** Two images that look the same: rows a < b, and the correlation of their 32 × 32 grey copies, 0.98 to 1. */
export type NearDuplicate = { a: number; b: number; similarity: number };
export type FoundDuplicates = {
  pairs: NearDuplicate[];
  /** There are more pairs than are listed. */
  more: boolean;
};

/** Least correlation of pixels; docs/datasets.md has the figures behind it. */
export const LEAST_SIMILARITY = 0.98;
/** A coarse copy of 8 × 8 is compared first: it may differ a little more than the fine one. */
const LEAST_COARSE = 0.96;
const COARSE_SIDE = 8;
const MOST_PAIRS = 200_000;
/** In a larger group of equal copies each is paired with the first only. */
const LARGEST_FULL_GROUP = 12;

/**
 * Pairs of images that look the same: perceptual hashes at most 7 bits apart, then correlated pixels. `hashes` and `copies` lie
 * one image after the other. Images of one brightness have no correlation and count only when their copies are equal.
 */
export function searchDuplicates(hashes: Uint8Array, copies: Uint8Array): FoundDuplicates {
  const groups = equalCopies(copies);
  const pairs: NearDuplicate[] = [];
  let more = false;
  const add = (pair: NearDuplicate): boolean => {
    if (pairs.length === MOST_PAIRS) more = true;
    else pairs.push(pair);
    return !more;
  };
  for (const group of groups) for (const [a, b] of pairsOf(group)) if (!add({ a, b, similarity: 1 })) break;
  const first = Int32Array.from(groups, ([row]) => row!);
  const ofFirst = new Uint8Array(first.length * HASH_BYTES);
  for (const [at, row] of first.entries())
    ofFirst.set(hashes.subarray(row * HASH_BYTES, (row + 1) * HASH_BYTES), at * HASH_BYTES);
  const coarse = coarseCopies(copies, first);
  candidatePairs(ofFirst, (i, j) => {
    if (coarse.correlation(i, j) < LEAST_COARSE) return true;
    const a = first[i]!;
    const b = first[j]!;
    const similarity = correlation(copies, a, b);
    return similarity < LEAST_SIMILARITY || add({ a: Math.min(a, b), b: Math.max(a, b), similarity });
  });
  return { pairs: pairs.sort((x, y) => x.a - y.a || x.b - y.b), more };
}

/** Rows with equal copies, together; groups and their rows in ascending order. */
function equalCopies(copies: Uint8Array): number[][] {
  const groups = new Map<string, number[]>();
  const bytes = Buffer.from(copies.buffer, copies.byteOffset, copies.byteLength);
  for (let row = 0; row * COPY_BYTES < copies.length; row++) {
    const key = bytes.toString('latin1', row * COPY_BYTES, (row + 1) * COPY_BYTES);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function* pairsOf(group: number[]): Generator<[number, number]> {
  for (let j = 1; j < group.length; j++)
    for (let i = 0; i < (group.length > LARGEST_FULL_GROUP ? 1 : j); i++) yield [group[i]!, group[j]!];
}

/** Pearson's correlation of two copies; 0 when one has a single brightness. */
function correlation(copies: Uint8Array, a: number, b: number): number {
  const [x0, y0] = [a * COPY_BYTES, b * COPY_BYTES];
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let k = 0; k < COPY_BYTES; k++) {
    const x = copies[x0 + k]!;
    const y = copies[y0 + k]!;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const spread = Math.sqrt((COPY_BYTES * sxx - sx * sx) * (COPY_BYTES * syy - sy * sy));
  return spread === 0 ? 0 : (COPY_BYTES * sxy - sx * sy) / spread;
}

/** Copies of 8 × 8, of mean 0 and length 1, whose product is their correlation. */
function coarseCopies(copies: Uint8Array, rows: Int32Array): { correlation(i: number, j: number): number } {
  const cells = COARSE_SIDE * COARSE_SIDE;
  const block = COPY_SIDE / COARSE_SIDE;
  const all = new Float32Array(rows.length * cells);
  for (const [at, row] of rows.entries()) {
    const one = all.subarray(at * cells, (at + 1) * cells);
    for (let k = 0; k < COPY_BYTES; k++) {
      const cell = Math.floor(Math.floor(k / COPY_SIDE) / block) * COARSE_SIDE + Math.floor((k % COPY_SIDE) / block);
      one[cell]! += copies[row * COPY_BYTES + k]!;
    }
    const mean = one.reduce((sum, value) => sum + value, 0) / cells;
    let length = 0;
    for (let k = 0; k < cells; k++) {
      one[k]! -= mean;
      length += one[k]! ** 2;
    }
    if (length > 0) for (let k = 0; k < cells; k++) one[k]! /= Math.sqrt(length);
  }
  return {
    correlation(i, j) {
      let sum = 0;
      for (let k = 0; k < cells; k++) sum += all[i * cells + k]! * all[j * cells + k]!;
      return sum;
    },
  };
}
