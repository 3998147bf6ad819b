import { blankPoints, columnNames, type Points } from './points.ts';

/**
 * In step order, each step once: the last write wins. With `everyPoint` in the order of step, time and value, each such triple
 * once. Time n log r, where r is the number of stretches already in order.
 */
export function mergePoints(points: Points, everyPoint: boolean): Points {
  const order = sortedOrder(points.steps.length, everyPoint ? byPoint(points) : byWrite(points));
  const isSame = everyPoint ? samePoint(points) : sameStep(points);
  let kept = 0;
  for (let at = 0; at < order.length; at++) {
    const next = order[at + 1];
    if (next === undefined || !isSame(next, order[at]!)) order[kept++] = order[at]!;
  }
  const merged = blankPoints(kept);
  for (const name of columnNames) {
    const from = points[name];
    const to = merged[name];
    for (let i = 0; i < kept; i++) to[i] = from[order[i]!]!;
  }
  return merged;
}

type Test = (a: number, b: number) => boolean;

const sameStep =
  ({ steps }: Points): Test =>
  (a, b) =>
    steps[a] === steps[b];

const samePoint =
  ({ steps, times, values }: Points): Test =>
  (a, b) =>
    steps[a] === steps[b] && times[a] === times[b] && (values[a] === values[b] || bothNaN(values[a]!, values[b]!));

/** Step, then write, then place. */
const byWrite =
  ({ steps, writes }: Points): Test =>
  (a, b) => {
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]!;
    return writes[a] !== writes[b] ? writes[a]! < writes[b]! : a < b;
  };

/** Step, time, value (NaN before every number), then place. */
const byPoint =
  ({ steps, times, values }: Points): Test =>
  (a, b) => {
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]!;
    if (times[a] !== times[b]) return times[a]! < times[b]!;
    const left = values[a]!;
    const right = values[b]!;
    if (left === right || bothNaN(left, right)) return a < b;
    return left < right || Number.isNaN(left);
  };

const bothNaN = (a: number, b: number): boolean => Number.isNaN(a) && Number.isNaN(b);

/**
 * Indices of the points in order: a merge sort that starts from the stretches already in order, of which there are few (each
 * writer's points mostly come in order).
 */
function sortedOrder(count: number, before: Test): Uint32Array {
  let from = Uint32Array.from({ length: count }, (_, index) => index);
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
function mergeTwo(from: Uint32Array, to: Uint32Array, start: number, middle: number, end: number, before: Test): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeRight = left === middle || (right < end && before(from[right]!, from[left]!));
    to[at] = from[takeRight ? right++ : left++]!;
  }
}
