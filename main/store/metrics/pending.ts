import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { type BatchPart, decodeParts, splitBatch } from './batch.ts';
import type { Points } from './points.ts';

/** Points still in the journal, of every writer, for the series asked for: in the order they were committed. */
export function readPending(db: ReadableDb, seriesIds: ReadonlySet<number>): Map<number, Points> {
  const parts = new Map<number, BatchPart[]>();
  const rows = statement(db, 'SELECT id, data FROM journal ORDER BY id').iterate();
  for (const { id, data } of rows as IterableIterator<{ id: number; data: Uint8Array }>) {
    splitBatch(data, id, seriesIds, parts);
  }
  return new Map([...parts].map(([seriesId, list]) => [seriesId, decodeParts(list)]));
}
