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
