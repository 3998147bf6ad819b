import type { Points } from './points.ts';

/**
 * A group is a stretch of consecutive points reduced to its smallest and its largest value, each with its own step and time;
 * NaN is left out unless there is nothing else. As 8 doubles, so that thousands are read as one array:
 * count, first step, then step, value, time of the smallest, and step, value, time of the largest.
 */
export const groupDoubles = 8;

/** Groups of `size` points, the last one shorter. Of equal values the first counts. */
export function groupPoints({ steps, values, times }: Points, size: number): Float64Array {
  const groups = Math.ceil(steps.length / size);
  const out = new Float64Array(groups * groupDoubles);
  for (let group = 0; group < groups; group++) {
    const start = group * size;
    const end = Math.min(start + size, steps.length);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      const value = values[i]!;
      if (value < values[low]! || Number.isNaN(values[low]!)) low = i;
      if (value > values[high]! || Number.isNaN(values[high]!)) high = i;
    }
    const at = group * groupDoubles;
    out[at] = end - start;
    out[at + 1] = steps[start]!;
    out[at + 2] = steps[low]!;
    out[at + 3] = values[low]!;
    out[at + 4] = times[low]!;
    out[at + 5] = steps[high]!;
    out[at + 6] = values[high]!;
    out[at + 7] = times[high]!;
  }
  return out;
}
