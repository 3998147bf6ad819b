import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { readBatch } from './batch.ts';
import { joinPoints, type Points } from './points.ts';

/** Points still in the journal, of every writer, for the series asked for: in the order they were committed. */
export function readPending(db: ReadableDb, seriesIds: ReadonlySet<number>): Map<number, Points> {
  const parts = new Map<number, Points[]>();
  const rows = statement(db, 'SELECT id, data FROM journal ORDER BY id').iterate();
  for (const { id, data } of rows as IterableIterator<{ id: number; data: Uint8Array }>) {
    readBatch(data, id, seriesIds, (seriesId, points) => {
      const known = parts.get(seriesId);
      if (known === undefined) parts.set(seriesId, [points]);
      else known.push(points);
    });
  }
  return new Map([...parts].map(([seriesId, list]) => [seriesId, joinPoints(list)]));
}
