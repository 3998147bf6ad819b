import type { MetricPoint } from '../../../shared/model/series.ts';
import type { BatchSeries } from './batch.ts';
import type { SeriesIds } from './series-ids.ts';

export type Gathered = BatchSeries & { runPk: number; key: string };
type Columns = { runPk: number; key: string; steps: number[]; values: number[]; times: number[] };

/**
 * The points of several requests as columns per series, in the order they came; requests for a run that is not there are left
 * out and named. Runs inside the transaction, since it makes the series that are new.
 */
export function gather<R extends { runUid: string; points: MetricPoint[] }>(
  ids: SeriesIds,
  requests: R[],
): { series: Gathered[]; missing: Set<R> } {
  const missing = new Set<R>();
  const bySeries = new Map<number, Columns>();
  for (const request of requests) {
    const runPk = ids.run(request.runUid);
    if (runPk === null) {
      missing.add(request);
      continue;
    }
    const columnsOf = (key: string): Columns => {
      const seriesId = ids.series(request.runUid, key);
      const columns = bySeries.get(seriesId) ?? { runPk, key, steps: [], values: [], times: [] };
      bySeries.set(seriesId, columns);
      return columns;
    };
    // Points of one series mostly come one after the other.
    let columns: Columns | null = null;
    for (const point of request.points) {
      if (columns === null || columns.key !== point.key) columns = columnsOf(point.key);
      columns.steps.push(point.step);
      columns.values.push(point.value);
      columns.times.push(point.time);
    }
  }
  const series = [...bySeries].map(([seriesId, columns]) => ({
    seriesId,
    runPk: columns.runPk,
    key: columns.key,
    steps: new Float64Array(columns.steps),
    values: new Float64Array(columns.values),
    times: new Float64Array(columns.times),
  }));
  return { series, missing };
}
