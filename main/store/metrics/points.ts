/**
 * Points of one series as columns of equal length, in the order they were written. Steps and times (ms) are whole numbers,
 * exact to 2^53. `writes` numbers the write each point came with (`journal.id`): of two points of one step the one with the
 * larger number counts, and within one write the later one.
 */
export type Points = { steps: Float64Array; values: Float64Array; times: Float64Array; writes: Float64Array };

export const columnNames = ['steps', 'values', 'times', 'writes'] as const;

/** `count` points of zeros, to be filled. */
export function blankPoints(count: number): Points {
  return {
    steps: new Float64Array(count),
    values: new Float64Array(count),
    times: new Float64Array(count),
    writes: new Float64Array(count),
  };
}

/** One after the other; a single part is returned as it is. */
export function joinPoints(parts: Points[]): Points {
  if (parts.length === 1) return parts[0]!;
  const joined = blankPoints(parts.reduce((sum, part) => sum + part.steps.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const name of columnNames) joined[name].set(part[name], at);
    at += part.steps.length;
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
