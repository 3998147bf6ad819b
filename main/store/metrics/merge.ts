import { blankPoints, columnNames, type Points } from './points.ts';

/** In step order, each step once: the last write wins. Time n log r, where r is the number of stretches already in order. */
export function mergePoints(points: Points): Points {
  const { steps } = points;
  const order = sortedOrder(points);
  let kept = 0;
  for (let at = 0; at < order.length; at++) {
    const next = order[at + 1];
    if (next === undefined || steps[next] !== steps[order[at]!]) order[kept++] = order[at]!;
  }
  const merged = blankPoints(kept);
  for (const name of columnNames) {
    const from = points[name];
    const to = merged[name];
    for (let i = 0; i < kept; i++) to[i] = from[order[i]!]!;
  }
  return merged;
}

/**
 * Indices of the points by step, then write, then place: a merge sort that starts from the stretches already in order, of
 * which there are few (each writer's points mostly come in order).
 */
function sortedOrder({ steps, writes }: Points): Uint32Array {
  const before = (a: number, b: number): boolean => {
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]!;
    return writes[a] !== writes[b] ? writes[a]! < writes[b]! : a < b;
  };
  let from = Uint32Array.from(steps.keys());
  let to = new Uint32Array(from.length);
  let starts = from.filter((index) => index === 0 || !before(index - 1, index));
  while (starts.length > 1) {
    for (let i = 0; i < starts.length; i += 2) {
      mergeTwo(from, to, starts[i]!, starts[i + 1] ?? from.length, starts[i + 2] ?? from.length, before);
    }
    starts = starts.filter((_, i) => i % 2 === 0);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges the ordered stretches `start` to `middle` and `middle` to `end`. */
function mergeTwo(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  before: (a: number, b: number) => boolean,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeRight = left === middle || (right < end && before(from[right]!, from[left]!));
    to[at] = from[takeRight ? right++ : left++]!;
  }
}
