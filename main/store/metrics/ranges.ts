import { groupDoubles, mergeGroup } from './group.ts';
import { blankPoints, type Points, slicePoints } from './points.ts';

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
        mergeGroup(best, range * groupDoubles, groups, at);
      }
    },
    result() {
      const points = blankPoints(2 * count);
      let filled = 0;
      let length = 0;
      const put = (from: number) => {
        points.steps[length] = best[from]!;
        points.values[length] = best[from + 1]!;
        points.times[length] = best[from + 2]!;
        length += 1;
      };
      for (let at = 0; at < best.length; at += groupDoubles) {
        if (best[at] === 0) continue;
        filled += 1;
        const [low, high] = [at + 2, at + 5];
        put(best[low]! <= best[high]! ? low : high);
        if (best[low] !== best[high]) put(best[low]! < best[high]! ? high : low);
      }
      return { points: slicePoints(points, 0, length), filled };
    },
  };
}
