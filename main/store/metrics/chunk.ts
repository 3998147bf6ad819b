import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { blankPoints, type Points } from './points.ts';
import { alignedBuffer, planSection, readSection, writeSection } from './section.ts';

/** Points of a full chunk. Only a series' newest chunk may hold fewer; folding fills it up first. */
export const chunkPoints = 4096;

export const nonFiniteFlag = 1;
export const disorderFlag = 2;

/** What is known of a chunk without reading it. Steps are the smallest and the largest. */
export type ChunkSummary = { count: number; lowStep: number; highStep: number; flags: number };

export function summarise({ steps, values }: Points): ChunkSummary {
  const count = steps.length;
  let flags = 0;
  let lowStep = steps[0]!;
  let highStep = lowStep;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const step = steps[i]!;
    if (step <= before) flags |= disorderFlag;
    before = step;
    if (step < lowStep) lowStep = step;
    if (step > highStep) highStep = step;
    if (!Number.isFinite(values[i]!)) flags |= nonFiniteFlag;
  }
  return { count, lowStep, highStep, flags };
}

/** Writes a chunk, in place of a shorter one of the same number. */
export function writeChunk(
  db: WritableDb,
  seriesId: number,
  ordinal: number,
  points: Points,
  summary: ChunkSummary,
): void {
  const plan = planSection(points.values, [points.steps, points.times, points.writes]);
  const buffer = new ArrayBuffer(plan.bytes);
  writeSection(plan, buffer, 0);
  const finite = finiteRange(points.values);
  statement(
    db,
    `INSERT OR REPLACE INTO chunk (series_id, ordinal, count, first_step, last_step, min, max, flags, data)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    seriesId,
    ordinal,
    summary.count,
    BigInt(summary.lowStep),
    BigInt(summary.highStep),
    finite?.min ?? null,
    finite?.max ?? null,
    summary.flags,
    Buffer.from(buffer),
  );
}

/** Smallest and largest finite value, null when there is none: NaN and the infinities have no place on an axis. */
export function finiteRange(values: Float64Array): { min: number; max: number } | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? null : { min, max };
}

/** The points of one chunk in the order they were written. */
export function readChunk(db: ReadableDb, seriesId: number, ordinal: number): Points {
  const row = statement(db, 'SELECT count, data FROM chunk WHERE series_id = ? AND ordinal = ?').get(seriesId, ordinal);
  if (row === undefined) throw new Error(`chunk ${ordinal} of series ${seriesId} is not there`);
  const { count, data } = row as { count: number; data: Uint8Array };
  const { buffer, offset } = alignedBuffer(data);
  const points = blankPoints(count);
  readSection(buffer, offset, points.values, [points.steps, points.times, points.writes]);
  return points;
}

/** Number and size of the newest chunk of a series, null when it has none. */
export function newestChunk(db: ReadableDb, seriesId: number): { ordinal: number; count: number } | null {
  const row = statement(db, 'SELECT ordinal, count FROM chunk WHERE series_id = ? ORDER BY ordinal DESC LIMIT 1').get(
    seriesId,
  );
  return (row as { ordinal: number; count: number } | undefined) ?? null;
}
