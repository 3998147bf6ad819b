import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { type ChunkSummary, chunkPoints } from './chunk.ts';
import { groupDoubles, groupPoints, mergeGroups } from './group.ts';
import type { Points } from './points.ts';
import { alignedBuffer } from './section.ts';

/** Points in a group of each level: 64 points to 2 values, then 64 values to 2. */
export const levelOnePoints = 64;
export const levelTwoPoints = 2048;

/**
 * Level 1: one row per chunk, its groups. Level 2: one row per 32 chunks, a record of 20 doubles each: count, lowest step,
 * highest step, flags, then two groups (a count of 0 where there is none). The level 2 rows are also the list of chunks: a
 * million points are 8 rows instead of 244.
 */
const chunksPerRow = 32;
const summaryDoubles = 4;
const recordDoubles = summaryDoubles + (chunkPoints / levelTwoPoints) * groupDoubles;

const upsert = 'INSERT OR REPLACE INTO pyramid (series_id, level, ordinal, data) VALUES (?, ?, ?, ?)';
const bytesOf = (array: Float64Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** Enters one chunk, or enters a longer one in the place of a shorter one. */
export function writePyramid(
  db: WritableDb,
  seriesId: number,
  ordinal: number,
  points: Points,
  summary: ChunkSummary,
): void {
  const levelOne = groupPoints(points, levelOnePoints);
  statement(db, upsert).run(seriesId, 1, ordinal, bytesOf(levelOne));
  const row = Math.floor(ordinal / chunksPerRow);
  const start = (ordinal % chunksPerRow) * recordDoubles;
  const before = readRow(db, seriesId, 2, row);
  const records = new Float64Array(Math.max(before.length, start + recordDoubles));
  records.set(before);
  records.fill(0, start, start + recordDoubles);
  records.set([summary.count, summary.lowStep, summary.highStep, summary.flags], start);
  records.set(mergeGroups(levelOne, levelTwoPoints / levelOnePoints), start + summaryDoubles);
  statement(db, upsert).run(seriesId, 2, row, bytesOf(records));
}

/** The groups of 64 points of a series, one array per chunk, by its number. */
export function readLevelOne(db: ReadableDb, seriesId: number): Float64Array[] {
  const rows = statement(db, 'SELECT data FROM pyramid WHERE series_id = ? AND level = 1 ORDER BY ordinal').all(
    seriesId,
  );
  return (rows as { data: Uint8Array }[]).map((row) => doublesOf(row.data));
}

/** One chunk as its record lists it, with its groups of 2048 points. */
export type ListedChunk = ChunkSummary & { ordinal: number; groups: Float64Array };

/** Every chunk of a series, by number. */
export function listChunks(db: ReadableDb, seriesId: number): ListedChunk[] {
  const rows = statement(db, 'SELECT data FROM pyramid WHERE series_id = ? AND level = 2 ORDER BY ordinal').all(
    seriesId,
  );
  const listed: ListedChunk[] = [];
  for (const row of rows as { data: Uint8Array }[]) {
    const records = doublesOf(row.data);
    for (let start = 0; start < records.length; start += recordDoubles) {
      const count = records[start]!;
      const groupsStart = start + summaryDoubles;
      listed.push({
        ordinal: listed.length,
        count,
        lowStep: records[start + 1]!,
        highStep: records[start + 2]!,
        flags: records[start + 3]!,
        groups: records.subarray(groupsStart, groupsStart + Math.ceil(count / levelTwoPoints) * groupDoubles),
      });
    }
  }
  return listed;
}

function readRow(db: ReadableDb, seriesId: number, level: number, ordinal: number): Float64Array {
  const row = statement(db, 'SELECT data FROM pyramid WHERE series_id = ? AND level = ? AND ordinal = ?').get(
    seriesId,
    level,
    ordinal,
  );
  return row === undefined ? new Float64Array(0) : doublesOf((row as { data: Uint8Array }).data);
}

function doublesOf(blob: Uint8Array): Float64Array {
  const { buffer, offset } = alignedBuffer(blob);
  return new Float64Array(buffer, offset, blob.byteLength / 8);
}
