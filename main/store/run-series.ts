import type { SeriesColumns } from '../../shared/model/series.ts';
import { readManySeries } from './metrics/read.ts';
import type { ReadableDb } from './open.ts';
import { statement } from './statement.ts';

/** The series of these keys of each run, those that it has; each with at most `maxPoints` points. */
export function readRunSeries(
  db: ReadableDb,
  ids: string[],
  keys: string[],
  maxPoints: number,
): { id: string; series: SeriesColumns[] }[] {
  const wanted = ids.flatMap((run) => keys.map((key) => ({ run, key })));
  const found = readManySeries(db, wanted, maxPoints);
  return ids.map((id, index) => ({
    id,
    series: found.slice(index * keys.length, (index + 1) * keys.length).filter((one) => one !== null),
  }));
}

/** Points of all series of a run as they were written. */
export function countPoints(db: ReadableDb, run: number): number {
  return statement(db, 'SELECT coalesce(sum(count), 0) FROM latest WHERE run_id = ?').pluck().get(run) as number;
}
