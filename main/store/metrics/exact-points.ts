import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { kindOf, latestValue, updateLatestRow } from './latest.ts';
import { blankPoints, joinPoints, type Points } from './points.ts';
import { everyPointFlag, exactPointsFlag } from './series-ids.ts';

/** A point whose step or time a double may not hold. */
export type ExactPoint = { step: bigint; time: bigint; value: number };

/**
 * Writes points beyond 2^53 of a series that keeps every point, an exact repeat once, and brings its latest value up to date.
 * False when it was there. Call inside a transaction.
 */
export function writeExactPoint(
  db: WritableDb,
  runPk: number,
  key: string,
  { step, time, value }: ExactPoint,
): boolean {
  const flags = everyPointFlag | exactPointsFlag;
  const known = statement(db, 'SELECT 1 FROM series WHERE run_id = ? AND key = ?').get(runPk, key);
  if (known === undefined) recordChange(db, 'run', runPk);
  const { id } = statement(
    db,
    `INSERT INTO series (run_id, key, flags) VALUES (?, ?, ?)
    ON CONFLICT (run_id, key) DO UPDATE SET flags = flags | ${exactPointsFlag} RETURNING id`,
  ).get(runPk, key, flags) as { id: number };
  const kind = kindOf(value);
  const { changes } = statement(
    db,
    'INSERT OR IGNORE INTO exact_point (series_id, step, time, kind, value) VALUES (?, ?, ?, ?, ?)',
  ).run(id, step, time, kind, kind === 0 ? value : 0);
  if (changes === 0) return false;
  const finite = kind === 0 ? value : null;
  updateLatestRow(db, true, { runPk, key, value, min: finite, max: finite, step, time, count: 1 });
  return true;
}

/** In no order. */
export function readExactPoints(db: ReadableDb, seriesId: number): ExactPoint[] {
  const rows = statement(
    db,
    `SELECT CAST(step AS TEXT) AS step, CAST(time AS TEXT) AS time, kind, value AS last FROM exact_point WHERE series_id = ?`,
  ).all(seriesId) as { step: string; time: string; kind: number; last: number }[];
  return rows.map(({ step, time, kind, last }) => ({
    step: BigInt(step),
    time: BigInt(time),
    value: latestValue({ kind, last: kind === 1 ? null : last }),
  }));
}

/** The exact points as near as doubles come, with what else is not in chunks: good enough for a chart. */
export function withExactPoints(db: ReadableDb, seriesId: number, pending: Points | undefined): Points {
  const exact = readExactPoints(db, seriesId);
  const points = blankPoints(exact.length);
  exact.forEach(({ step, time, value }, index) => {
    points.steps[index] = Number(step);
    points.times[index] = Number(time);
    points.values[index] = value;
  });
  return pending === undefined ? points : joinPoints([pending, points]);
}
