import type { Points } from './points.ts';

/**
 * A group is a stretch of consecutive points reduced to its smallest and its largest value, each with its own step and time;
 * NaN is left out unless there is nothing else, and of equal values the first counts. As 8 doubles, so that thousands are
 * read as one array: count, first step, then step, value, time of the smallest, and step, value, time of the largest.
 */
export const groupDoubles = 8;

/** Groups of `size` points, the last one shorter. */
export function groupPoints({ steps, values, times }: Points, size: number): Float64Array {
  const groups = Math.ceil(steps.length / size);
  const out = new Float64Array(groups * groupDoubles);
  for (let group = 0; group < groups; group++) {
    const start = group * size;
    const end = Math.min(start + size, steps.length);
    let low = start;
    let high = start;
    let lowValue = values[start]!;
    let highValue = lowValue;
    for (let i = start + 1; i < end; i++) {
      const value = values[i]!;
      if (value < lowValue || isFirstNumber(lowValue, value)) {
        low = i;
        lowValue = value;
      }
      if (value > highValue || isFirstNumber(highValue, value)) {
        high = i;
        highValue = value;
      }
    }
    const at = group * groupDoubles;
    out[at] = end - start;
    out[at + 1] = steps[start]!;
    out[at + 2] = steps[low]!;
    out[at + 3] = lowValue;
    out[at + 4] = times[low]!;
    out[at + 5] = steps[high]!;
    out[at + 6] = highValue;
    out[at + 7] = times[high]!;
  }
  return out;
}

/** A comparison with NaN is false, so that the first number after NaN needs a rule of its own. */
const isFirstNumber = (known: number, value: number): boolean => Number.isNaN(known) && !Number.isNaN(value);

/** Takes the group at `from` into the group at `to`, where a count of 0 stands for no group yet. */
export function mergeGroup(into: Float64Array, to: number, groups: Float64Array, from: number): void {
  const empty = into[to] === 0;
  if (empty) into[to + 1] = groups[from + 1]!;
  into[to]! += groups[from]!;
  const low = groups[from + 3]!;
  const high = groups[from + 6]!;
  if (empty || low < into[to + 3]! || isFirstNumber(into[to + 3]!, low)) {
    for (let i = 2; i < 5; i++) into[to + i] = groups[from + i]!;
  }
  if (empty || high > into[to + 6]! || isFirstNumber(into[to + 6]!, high)) {
    for (let i = 5; i < 8; i++) into[to + i] = groups[from + i]!;
  }
}

/** Every `factor` groups as one, the last of fewer. */
export function mergeGroups(groups: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(Math.ceil(groups.length / groupDoubles / factor) * groupDoubles);
  for (let at = 0; at < groups.length; at += groupDoubles) {
    mergeGroup(out, Math.floor(at / groupDoubles / factor) * groupDoubles, groups, at);
  }
  return out;
}
