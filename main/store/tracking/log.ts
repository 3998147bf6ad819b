import { AppError } from '../../../shared/errors.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import { readNumber } from '../../../shared/query/read-number.ts';
import { recordChange } from '../change.ts';
import { writeExactPoint } from '../metrics/exact-points.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { indexRun } from '../search.ts';
import { statement } from '../statement.ts';
import type { WriteBatch } from '../write-queue.ts';

/** `pk` is `run.id`. */
export type LoggableRun = { pk: number; id: string };
export type LoggedPoint = { key: string; value: number; time: number | bigint; step: number | bigint };
export type Pair = { key: string; value: string };

/** A run that can be logged to, whatever its state. Throws RUN_NOT_FOUND, or INPUT_INVALID for one in the bin. */
export function loggableRun(db: ReadableDb, id: string): LoggableRun {
  const row = statement(db, 'SELECT id, binned_at FROM run WHERE uid = ?').get(id) as
    | { id: number; binned_at: number | null }
    | undefined;
  if (row === undefined) throw new AppError('RUN_NOT_FOUND', `Run with id=${id} not found`);
  if (row.binned_at === null) return { pk: row.id, id };
  throw new AppError('INPUT_INVALID', `The run ${id} must be in the 'active' state. Current state is deleted.`);
}

/** The last act of a work: what fails after it would leave its points. */
export function logPoints({ db, points }: WriteBatch, run: LoggableRun, logged: LoggedPoint[]): void {
  const plain: MetricPoint[] = [];
  for (const { key, value, time, step } of logged) {
    if (typeof step === 'number' && typeof time === 'number') plain.push({ key, value, time, step });
    else writeExactPoint(db, run.pk, key, { step: BigInt(step), time: BigInt(time), value });
  }
  if (plain.length > 0) points(run.id, plain);
  if (plain.length < logged.length) recordChange(db, 'series', run.pk);
}

/** A param is written once. Throws INPUT_INVALID for another value of one that is there. */
export function logParams(db: WritableDb, run: LoggableRun, params: Pair[]): void {
  if (params.length === 0) return;
  const known = statement(db, 'SELECT value FROM param WHERE run_id = ? AND key = ?').pluck();
  const insert = statement(db, `INSERT INTO param (run_id, key, value, type, number) VALUES (?, ?, ?, 'string', ?)`);
  for (const { key, value } of params) {
    const before = known.get(run.pk, key) as string | undefined;
    if (before === undefined) insert.run(run.pk, key, value, readNumber(value));
    else if (before !== value) {
      throw new AppError(
        'INPUT_INVALID',
        `Changing param values is not allowed. The param '${key}' of run ${run.id} has another value already.`,
      );
    }
  }
  indexRun(db, run.pk);
  recordChange(db, 'run', run.pk);
}

export function setRunTags(db: WritableDb, run: LoggableRun, tags: Pair[]): void {
  if (tags.length === 0) return;
  const insert = statement(db, 'INSERT OR REPLACE INTO tag (run_id, key, value) VALUES (?, ?, ?)');
  for (const { key, value } of tags) insert.run(run.pk, key, value);
  recordChange(db, 'run', run.pk);
}

/** False when the run has no such tag. */
export function deleteRunTag(db: WritableDb, run: LoggableRun, key: string): boolean {
  const { changes } = statement(db, 'DELETE FROM tag WHERE run_id = ? AND key = ?').run(run.pk, key);
  if (changes === 1) recordChange(db, 'run', run.pk);
  return changes === 1;
}

/** Name and note of a run; an empty note is none. */
export function setRunText(db: WritableDb, run: LoggableRun, column: 'name' | 'note', text: string): void {
  statement(db, `UPDATE run SET ${column} = ? WHERE id = ?`).run(text, run.pk);
  indexRun(db, run.pk);
  recordChange(db, 'run', run.pk);
}

/** The run that it is a part of; one that does not exist counts as none. */
export function setRunParent(db: WritableDb, run: LoggableRun, parent: string): void {
  statement(db, 'UPDATE run SET parent_id = (SELECT id FROM run WHERE uid = ? AND id <> ?) WHERE id = ?').run(
    parent,
    run.pk,
    run.pk,
  );
}
