import { AppError } from '../../../shared/errors.ts';
import { newId } from '../../platform/ids.ts';
import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** A study as a client of the MLflow protocol sees it. `id` is `study.id`; times in ms. */
export type Experiment = {
  id: number;
  name: string;
  createdAt: number;
  changedAt: number;
  deleted: boolean;
  tags: { key: string; value: string }[];
};

type Row = { id: number; name: string; created_at: number; changed_at: number | null; deleted_at: number | null };

const columns = 'id, name, created_at, changed_at, deleted_at';

/** Deleted ones too; null when there is none. */
export function findExperiment(db: ReadableDb, id: number): Experiment | null {
  return toExperiment(db, statement(db, `SELECT ${columns} FROM study WHERE id = ?`).get(id));
}

export function findExperimentByName(db: ReadableDb, name: string): Experiment | null {
  return toExperiment(db, statement(db, `SELECT ${columns} FROM study WHERE name = ?`).get(name));
}

function toExperiment(db: ReadableDb, found: unknown): Experiment | null {
  if (found === undefined) return null;
  const row = found as Row;
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    changedAt: row.changed_at ?? row.created_at,
    deleted: row.deleted_at !== null,
    tags: statement(db, 'SELECT key, value FROM study_tag WHERE study_id = ? ORDER BY key').all(
      row.id,
    ) as Experiment['tags'],
  };
}

/** Call inside a transaction. Returns `study.id`. Throws NAME_TAKEN, also when a deleted study has the name. */
export function createExperiment(db: WritableDb, name: string, tags: Experiment['tags']): number {
  const other = findExperimentByName(db, name);
  if (other !== null) {
    throw new AppError(
      'NAME_TAKEN',
      `Experiment (name=${name}) already exists${other.deleted ? ' in the deleted state: restore it, or choose another name' : ''}.`,
    );
  }
  const { lastInsertRowid } = statement(db, 'INSERT INTO study (uid, name, created_at) VALUES (?, ?, ?)').run(
    newId(),
    name,
    Date.now(),
  );
  const id = Number(lastInsertRowid);
  for (const { key, value } of tags) setExperimentTag(db, id, key, value);
  recordChange(db, 'study', null);
  return id;
}

/** Call inside a transaction. */
export function setExperimentTag(db: WritableDb, id: number, key: string, value: string): void {
  statement(db, 'INSERT OR REPLACE INTO study_tag (study_id, key, value) VALUES (?, ?, ?)').run(id, key, value);
  touchExperiment(db, id);
}

export function touchExperiment(db: WritableDb, id: number): void {
  statement(db, 'UPDATE study SET changed_at = ? WHERE id = ?').run(Date.now(), id);
  recordChange(db, 'study', null);
}

/** False when it has no such tag. Call inside a transaction. */
export function deleteExperimentTag(db: WritableDb, id: number, key: string): boolean {
  const { changes } = statement(db, 'DELETE FROM study_tag WHERE study_id = ? AND key = ?').run(id, key);
  if (changes === 1) touchExperiment(db, id);
  return changes === 1;
}

/** Call inside a transaction. */
export function renameExperiment(db: WritableDb, id: number, name: string): void {
  statement(db, 'UPDATE study SET name = ? WHERE id = ?').run(name, id);
  touchExperiment(db, id);
}

/** Deletes or restores a study and all its runs with it. Call inside a transaction. */
export function setExperimentDeleted(db: WritableDb, id: number, deleted: boolean): void {
  statement(db, 'UPDATE study SET deleted_at = ? WHERE id = ?').run(deleted ? Date.now() : null, id);
  const runs = statement(db, `SELECT id FROM run WHERE study_id = ? AND binned_at IS ${deleted ? '' : 'NOT '}NULL`)
    .pluck()
    .all(id) as number[];
  for (const run of runs) setRunDeleted(db, run, deleted);
  touchExperiment(db, id);
}

/** The bin is what a client knows as deleted; one that is as asked stays as it is. `run` is `run.id`. */
export function setRunDeleted(db: WritableDb, run: number, deleted: boolean): void {
  const { changes } = statement(
    db,
    `UPDATE run SET binned_at = ? WHERE id = ? AND binned_at IS ${deleted ? '' : 'NOT '}NULL`,
  ).run(deleted ? Date.now() : null, run);
  if (changes === 1) recordChange(db, 'run', run);
}

/** Every study, deleted ones too. */
export function listExperiments(db: ReadableDb): Experiment[] {
  const rows = statement(db, `SELECT ${columns} FROM study`).all();
  return rows.map((row) => toExperiment(db, row)!);
}
