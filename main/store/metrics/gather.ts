import type { MetricPoint } from '../../../shared/model/series.ts';
import { addPoint, type GrowingColumns, newColumns } from './growing-columns.ts';

/** The series of one run on their way into a batch. */
export type GatheredRun = Map<string, GrowingColumns>;

/** Adds points to a run's columns, series by series, in the order they come. */
export function gather(run: GatheredRun, points: MetricPoint[]): void {
  let key: string | null = null;
  let columns: GrowingColumns | undefined;
  for (const point of points) {
    // Points of one series often come one after the other.
    if (columns === undefined || key !== point.key) {
      key = point.key;
      columns = run.get(key);
      if (columns === undefined) {
        columns = newColumns();
        run.set(key, columns);
      }
    }
    addPoint(columns, point.step, point.value, point.time);
  }
}

/** The filled part of the columns. */
export function filledPart({ count, steps, values, times }: GrowingColumns): Omit<GrowingColumns, 'count'> {
  return { steps: steps.subarray(0, count), values: values.subarray(0, count), times: times.subarray(0, count) };
}
