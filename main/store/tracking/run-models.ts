import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

export type RunModel = { model: string; role: 'input' | 'output'; step: number };

/**
 * Notes that a run (`run.id`) read or made models (uids). Call inside a transaction; the same twice is stored once. Returns the
 * first uid that is no model of the run's study, null when all are.
 */
export function addRunModels(db: WritableDb, run: number, study: number, models: RunModel[]): string | null {
  const find = statement(
    db,
    'SELECT id FROM logged_model WHERE uid = ? AND study_id = ? AND deleted_at IS NULL',
  ).pluck();
  const insert = statement(db, 'INSERT OR IGNORE INTO run_model (run_id, model_id, role, step) VALUES (?, ?, ?, ?)');
  for (const { model, role, step } of models) {
    // A run may read a model of any study, but makes its own.
    const id = role === 'input' ? anyModel(db, model) : find.get(model, study);
    if (id === undefined) return model;
    insert.run(run, id, role, step);
  }
  recordChange(db, 'run', run);
  return null;
}

const anyModel = (db: ReadableDb, uid: string): unknown =>
  statement(db, 'SELECT id FROM logged_model WHERE uid = ? AND deleted_at IS NULL').pluck().get(uid);

/** Models that each of these runs (`run.id`) read and made, deleted ones left out. */
export function readRunModels(db: ReadableDb, runs: number[]): Map<number, RunModel[]> {
  const rows = statement(
    db,
    `SELECT u.run_id AS run, m.uid AS model, u.role, u.step
    FROM json_each(?) wanted JOIN run_model u ON u.run_id = wanted.value JOIN logged_model m ON m.id = u.model_id
    WHERE m.deleted_at IS NULL ORDER BY u.run_id, u.role, u.step, m.id`,
  ).all(JSON.stringify(runs)) as (RunModel & { run: number })[];
  const byRun = new Map<number, RunModel[]>();
  for (const { run, ...one } of rows) byRun.set(run, [...(byRun.get(run) ?? []), one]);
  return byRun;
}
