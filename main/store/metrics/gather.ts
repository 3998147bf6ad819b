import type { MetricPoint } from '../../../shared/model/series.ts';

/** Points of one series on their way into a batch: columns with room to grow, of which the first `count` are filled. */
type Growing = { count: number; steps: Float64Array; values: Float64Array; times: Float64Array };
export type GatheredRun = Map<string, Growing>;

const firstRoom = 64;

/** Adds points to a run's columns, series by series, in the order they come. */
export function gather(run: GatheredRun, points: MetricPoint[]): void {
  let key: string | null = null;
  let columns: Growing | undefined;
  for (const point of points) {
    // Points of one series often come one after the other.
    if (columns === undefined || key !== point.key) {
      key = point.key;
      columns = run.get(key);
      if (columns === undefined) {
        columns = { count: 0, ...columnsOf(firstRoom) };
        run.set(key, columns);
      }
    }
    const at = columns.count;
    if (at === columns.steps.length) grow(columns);
    columns.steps[at] = point.step;
    columns.values[at] = point.value;
    columns.times[at] = point.time;
    columns.count = at + 1;
  }
}

/** The filled part of the columns. */
export function filledPart({ count, steps, values, times }: Growing): Omit<Growing, 'count'> {
  return { steps: steps.subarray(0, count), values: values.subarray(0, count), times: times.subarray(0, count) };
}

function grow(columns: Growing): void {
  const larger = columnsOf(columns.steps.length * 4);
  larger.steps.set(columns.steps);
  larger.values.set(columns.values);
  larger.times.set(columns.times);
  Object.assign(columns, larger);
}

const columnsOf = (length: number) => ({
  steps: new Float64Array(length),
  values: new Float64Array(length),
  times: new Float64Array(length),
});
