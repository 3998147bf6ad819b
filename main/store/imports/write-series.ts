import { AppError } from '../../../shared/errors.ts';
import { newestChunk, readChunk } from '../metrics/chunk.ts';
import { appendChunks } from '../metrics/fold.ts';
import { updateLatest } from '../metrics/latest.ts';
import { everyPointFlag } from '../metrics/series-ids.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import type { ImportedSeries } from './imported-run.ts';

const longestKey = 250;

/**
 * Brings a series of an imported run to these points and returns how many were added: what is stored stays when it is how they
 * begin, and is replaced otherwise (a restarted job takes points back). Whole chunks are written at once, past the journal: a
 * million points would pass through it twice. Call inside a transaction. INPUT_INVALID for points the store cannot keep.
 */
export function writeSeries(db: WritableDb, run: number, key: string, points: ImportedSeries): number {
  checkSeries(key, points);
  if (points.steps.length === 0) return 0;
  const series = seriesOf(db, run, key);
  const stored = storedCount(db, series, points);
  if (stored === null) forgetPoints(db, run, key, series);
  return appendSeries(db, run, key, series, points, stored ?? 0);
}

/** Adds points to a series of an imported run, made when there is none. Call inside a transaction. */
export function addToSeries(db: WritableDb, run: number, key: string, points: ImportedSeries): number {
  checkSeries(key, points);
  return points.steps.length === 0 ? 0 : appendSeries(db, run, key, seriesOf(db, run, key), points, 0);
}

function appendSeries(
  db: WritableDb,
  run: number,
  key: string,
  series: number,
  points: ImportedSeries,
  from: number,
): number {
  const steps = points.steps.subarray(from);
  const values = points.values.subarray(from);
  const times = points.times.subarray(from);
  if (steps.length === 0) return 0;
  // Numbered like the newest write of all: of a step written again by another process the later write still counts.
  const write = statement(db, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)")
    .pluck()
    .get();
  const writes = new Float64Array(steps.length).fill(write as number);
  appendChunks(db, series, { steps, values, times, writes });
  updateLatest(db, run, key, { seriesId: series, steps, values, times }, true);
  return steps.length;
}

function seriesOf(db: WritableDb, run: number, key: string): number {
  // Several points of one step are all kept.
  statement(db, 'INSERT INTO series (run_id, key, flags) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    run,
    key,
    everyPointFlag,
  );
  return statement(db, 'SELECT id FROM series WHERE run_id = ? AND key = ?').pluck().get(run, key) as number;
}

/** Points that are stored already, when those given begin with them; null when they do not. */
function storedCount(db: ReadableDb, series: number, points: ImportedSeries): number | null {
  const chunks = newestChunk(db, series)?.ordinal ?? -1;
  let at = 0;
  for (let ordinal = 0; ordinal <= chunks; ordinal++) {
    const { steps, values, times } = readChunk(db, series, ordinal);
    if (at + steps.length > points.steps.length) return null;
    for (let i = 0; i < steps.length; i++, at++) {
      const same =
        steps[i] === points.steps[at] && times[i] === points.times[at] && Object.is(values[i], points.values[at]);
      if (!same) return null;
    }
  }
  return at;
}

/** Takes away the points of every series of a run but these. Call inside a transaction. */
export function forgetOtherSeries(db: WritableDb, run: number, keys: readonly string[]): void {
  const others = statement(
    db,
    'SELECT id, key FROM series WHERE run_id = ? AND key NOT IN (SELECT value FROM json_each(?))',
  ).all(run, JSON.stringify(keys)) as { id: number; key: string }[];
  for (const { id, key } of others) forgetPoints(db, run, key, id);
}

function forgetPoints(db: WritableDb, run: number, key: string, series: number): void {
  statement(db, 'DELETE FROM chunk WHERE series_id = ?').run(series);
  statement(db, 'DELETE FROM pyramid WHERE series_id = ?').run(series);
  statement(db, 'DELETE FROM exact_point WHERE series_id = ?').run(series);
  statement(db, 'DELETE FROM latest WHERE run_id = ? AND key = ?').run(run, key);
}

function checkSeries(key: string, { steps, values, times }: ImportedSeries): void {
  if (key.length === 0 || key.length > longestKey) {
    throw new AppError(
      'INPUT_INVALID',
      `The name of a metric has ${key.length} characters; 1 to ${longestKey} are possible.`,
    );
  }
  if (steps.length !== values.length || steps.length !== times.length) throw new Error('columns of different length');
  for (let i = 0; i < steps.length; i++) {
    if (Number.isSafeInteger(steps[i]) && Number.isSafeInteger(times[i])) continue;
    throw new AppError('INPUT_INVALID', `A step or time of metric "${key}" is not a whole number below 2^53.`);
  }
}
