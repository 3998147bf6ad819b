import { groupDoubles } from './group.ts';
import type { Points } from './points.ts';

/**
 * `count` ranges of equal width over the steps from `lowStep` to `highStep`. Groups (group.ts) are added in step order; the
 * result holds per range its smallest and its largest value in step order, one point where they are the same, and a NaN only
 * where a range holds nothing else.
 */
export type Ranges = { count: number; add(groups: Float64Array): void; result(): { points: Points; filled: number } };

export function createRanges(lowStep: number, highStep: number, count: number): Ranges {
  const best = new Float64Array(count * groupDoubles);
  const perStep = count / (highStep - lowStep + 1);
  return {
    count,
    add(groups) {
      if (count === 0) return;
      for (let at = 0; at < groups.length; at += groupDoubles) {
        const range = Math.min(count - 1, Math.floor((groups[at + 1]! - lowStep) * perStep));
        takeExtremes(best, range * groupDoubles, groups, at);
      }
    },
    result() {
      const rows: number[][] = [];
      let filled = 0;
      for (let at = 0; at < best.length; at += groupDoubles) {
        if (best[at] === 0) continue;
        filled += 1;
        const low = [best[at + 2]!, best[at + 3]!, best[at + 4]!];
        const high = [best[at + 5]!, best[at + 6]!, best[at + 7]!];
        if (low[0] === high[0]) rows.push(low);
        else rows.push(...(low[0]! < high[0]! ? [low, high] : [high, low]));
      }
      const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
      return {
        points: { steps: column(0), values: column(1), times: column(2), writes: new Float64Array(rows.length) },
        filled,
      };
    },
  };
}

/** Merges the group at `from` into the range at `to`: a comparison with NaN is false, so only an empty or NaN range takes one. */
function takeExtremes(best: Float64Array, to: number, groups: Float64Array, from: number): void {
  const empty = best[to] === 0;
  best[to]! += groups[from]!;
  if (empty || groups[from + 3]! < best[to + 3]! || Number.isNaN(best[to + 3]!)) {
    for (let i = 2; i < 5; i++) best[to + i] = groups[from + i]!;
  }
  if (empty || groups[from + 6]! > best[to + 6]! || Number.isNaN(best[to + 6]!)) {
    for (let i = 5; i < 8; i++) best[to + i] = groups[from + i]!;
  }
}
