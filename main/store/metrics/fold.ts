import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { type BatchPart, decodeParts, splitBatch } from './batch.ts';
import { chunkPoints, newestChunk, readChunk, summarise, writeChunk } from './chunk.ts';
import { joinPoints, type Points, slicePoints } from './points.ts';
import { writePyramid } from './pyramid.ts';

/** Journal bytes folded per transaction, which keeps one under 50 ms. */
const stepBytes = 2 ** 20;

/**
 * Moves the oldest journal rows of one writer into chunks, in one transaction; true while there is more. Only for the writer's
 * own process, or when its lock is gone.
 */
export function foldStep(db: WritableDb, writerId: number): boolean {
  return transaction(db, () => {
    const { parts, lastId, more } = oldestRows(db, writerId);
    if (lastId === null) return false;
    for (const [seriesId, list] of parts) appendChunks(db, seriesId, decodeParts(list));
    statement(db, 'DELETE FROM journal WHERE writer_id = ? AND id <= ?').run(writerId, lastId);
    return more;
  });
}

/** Writers that have journal rows, the one given left out. */
export function writersWithJournal(db: ReadableDb, exceptId: number): { id: number; uid: string }[] {
  return statement(
    db,
    'SELECT id, uid FROM writer WHERE id IN (SELECT writer_id FROM journal WHERE writer_id <> ?)',
  ).all(exceptId) as { id: number; uid: string }[];
}

function oldestRows(
  db: ReadableDb,
  writerId: number,
): { parts: Map<number, BatchPart[]>; lastId: number | null; more: boolean } {
  const parts = new Map<number, BatchPart[]>();
  let bytes = 0;
  let lastId: number | null = null;
  const rows = statement(db, 'SELECT id, data FROM journal WHERE writer_id = ? ORDER BY id').iterate(writerId);
  for (const { id, data } of rows as IterableIterator<{ id: number; data: Uint8Array }>) {
    // Leaving the loop ends the statement, before anything is written.
    if (bytes >= stepBytes) return { parts, lastId, more: true };
    splitBatch(data, id, null, parts);
    bytes += data.byteLength;
    lastId = id;
  }
  return { parts, lastId, more: false };
}

/** Fills the newest chunk up, then starts new ones. Call inside a transaction. */
export function appendChunks(db: WritableDb, seriesId: number, added: Points): void {
  const newest = newestChunk(db, seriesId);
  const fillUp = newest !== null && newest.count < chunkPoints;
  const points = fillUp ? joinPoints([readChunk(db, seriesId, newest.ordinal), added]) : added;
  let ordinal = newest === null ? 0 : newest.ordinal + (fillUp ? 0 : 1);
  for (let start = 0; start < points.steps.length; start += chunkPoints, ordinal++) {
    const piece = slicePoints(points, start, start + chunkPoints);
    const summary = summarise(piece);
    writeChunk(db, seriesId, ordinal, piece, summary);
    writePyramid(db, seriesId, ordinal, piece, summary);
  }
}
