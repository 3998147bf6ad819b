import type { BinSums } from './bin-sums.ts';
import type { ForestSplit } from './criterion.ts';

/** How the sums of two sides are scored; larger is better. */
export type Score = {
  /** Left side becomes empty; right side the whole node. */
  reset(): void;
  /** Moves `width` sums that begin at `at` from right to left. */
  move(sums: Float64Array, at: number): void;
  value(): number;
};

/**
 * Tries the cuts between neighbouring occupied bins (or, given `ranked`, the sets that begin this order of them), missing cells
 * on either side where there are some. A cut lies in the middle of the gap between two bins.
 */
export function scan(
  gathered: BinSums,
  score: Score,
  column: number,
  leastRows: number,
  totalRows: number,
  ranked: Int32Array | null,
  best: ForestSplit,
): void {
  const { length, width, bins, counts, sums, missing, missingCount } = gathered;
  for (let missingLeft = 0; missingLeft < (missingCount > 0 ? 2 : 1); missingLeft++) {
    score.reset();
    let rows = 0;
    if (missingLeft === 1) {
      score.move(missing, 0);
      rows = missingCount;
    }
    // With missing cells on the right all others may go left.
    const last = missingCount > 0 && missingLeft === 0 ? length : length - 1;
    for (let i = 0; i < last; i++) {
      const at = ranked === null ? i : ranked[i]!;
      score.move(sums, at * width);
      rows += counts[at]!;
      if (leastRows > 1 && (rows < leastRows || totalRows - rows < leastRows)) continue;
      const value = score.value();
      if (value > best.score) {
        best.score = value;
        best.column = column;
        best.missingLeft = missingLeft === 1;
        best.sawMissing = missingCount > 0;
        if (ranked === null) {
          best.set = null;
          best.bin = i === length - 1 ? 254 : (bins[i]! + bins[i + 1]! - 1) >>> 1;
        } else {
          best.bin = 0;
          best.set = setOf(bins, ranked, i + 1);
        }
      }
    }
  }
}

function setOf(bins: Int32Array, ranked: Int32Array, count: number): Uint32Array {
  const set = new Uint32Array(8);
  for (let i = 0; i < count; i++) {
    const bin = bins[ranked[i]!]!;
    set[bin >>> 5]! |= 1 << (bin & 31);
  }
  return set;
}

/** Places of the occupied bins in the order of a value of theirs; equal ones stay in the order of the bins. */
export function rank(length: number, value: (at: number) => number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i).sort((a, b) => value(a) - value(b) || a - b);
}
