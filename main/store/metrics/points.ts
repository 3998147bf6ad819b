/**
 * Points of one series as columns of equal length, in the order they were written. Steps and times (ms) are whole numbers,
 * exact to 2^53. `writes` numbers the write each point came with (`journal.id`): of two points of one step the one with the
 * larger number counts, and within one write the later one.
 */
export type Points = { steps: Float64Array; values: Float64Array; times: Float64Array; writes: Float64Array };

export const noPoints: Points = {
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
  writes: new Float64Array(0),
};

const columnNames = ['steps', 'values', 'times', 'writes'] as const;

/** One after the other; a single part is returned as it is. */
export function joinPoints(parts: Points[]): Points {
  if (parts.length === 1) return parts[0]!;
  const count = parts.reduce((sum, part) => sum + part.steps.length, 0);
  const joined = { ...noPoints };
  for (const name of columnNames) {
    const column = new Float64Array(count);
    let at = 0;
    for (const part of parts) {
      column.set(part[name], at);
      at += part[name].length;
    }
    joined[name] = column;
  }
  return joined;
}

/** Views on the points from `start` to before `end`. */
export function slicePoints(points: Points, start: number, end: number): Points {
  return {
    steps: points.steps.subarray(start, end),
    values: points.values.subarray(start, end),
    times: points.times.subarray(start, end),
    writes: points.writes.subarray(start, end),
  };
}

export function isStrictlyIncreasing(steps: Float64Array): boolean {
  for (let i = 1; i < steps.length; i++) if (steps[i]! <= steps[i - 1]!) return false;
  return true;
}

/** In step order, each step once: the last write wins. */
export function mergePoints(points: Points): Points {
  if (isStrictlyIncreasing(points.steps)) return points;
  const { steps, writes } = points;
  const order = new Uint32Array(steps.length).map((_, index) => index);
  order.sort((a, b) => steps[a]! - steps[b]! || writes[a]! - writes[b]! || a - b);
  const kept = order.filter((index, at) => at === order.length - 1 || steps[index] !== steps[order[at + 1]!]);
  const pick = (column: Float64Array) => Float64Array.from(kept, (index) => column[index]!);
  return { steps: pick(steps), values: pick(points.values), times: pick(points.times), writes: pick(writes) };
}
