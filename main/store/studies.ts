import type { StudySummary } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { recordChange } from './change.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { statement } from './statement.ts';

/** Where a run goes that names no study. */
export const defaultStudy = 'Default';

type StudyRow = { id: number; uid: string; name: string; created_at: number };

/** `study.id` of the study of this name, made when there is none. Call inside a transaction. */
export function ensureStudy(db: WritableDb, named: string): number {
  const name = named.trim() === '' ? defaultStudy : studyName(named);
  const found = findStudy(db, name);
  if (found === undefined) return insertStudy(db, name).id;
  // A client of the MLflow protocol may have deleted it; whoever trains in it wants it back.
  statement(db, 'UPDATE study SET deleted_at = NULL WHERE id = ? AND deleted_at IS NOT NULL').run(found.id);
  return found.id;
}

const summary = `SELECT uid AS id, name, created_at AS createdAt,
  (SELECT count(*) FROM run WHERE study_id = study.id AND binned_at IS NULL) AS runs
  FROM study WHERE study.deleted_at IS NULL`;

/** Every study by name that no client deleted, with the number of its runs outside the bin. */
export function listStudies(db: ReadableDb): StudySummary[] {
  return statement(db, `${summary} ORDER BY name COLLATE NOCASE, name`).all() as StudySummary[];
}

/** The study whose `study.id` clients of the tracking server use as the number of its experiment; null without one. */
export function studyNumbered(db: ReadableDb, number: number): StudySummary | null {
  return (statement(db, `${summary} AND study.id = ?`).get(number) as StudySummary | undefined) ?? null;
}

/** Throws NAME_TAKEN or NAME_INVALID. */
export function createStudy(db: WritableDb, named: string): StudySummary {
  return transaction(db, () => {
    const name = studyName(named);
    if (findStudy(db, name) !== undefined) throw taken(name);
    const row = insertStudy(db, name);
    return { id: row.uid, name, runs: 0, createdAt: row.created_at };
  });
}

/** Throws STUDY_NOT_FOUND, NAME_TAKEN or NAME_INVALID. */
export function renameStudy(db: WritableDb, named: string, to: string): void {
  transaction(db, () => {
    const study = studyKey(db, named);
    const name = studyName(to);
    const other = findStudy(db, name);
    if (other !== undefined && other.id !== study) throw taken(name);
    statement(db, 'UPDATE study SET name = ? WHERE id = ?').run(name, study);
    recordChange(db, 'study', null);
  });
}

/** `study.id`. Throws STUDY_NOT_FOUND. */
export function studyKey(db: ReadableDb, name: string): number {
  const found = findStudy(db, name);
  if (found === undefined) {
    throw new AppError(
      'STUDY_NOT_FOUND',
      `There is no study ${name.slice(0, 200)} in this vault.`,
      'List them: wardbook study list',
    );
  }
  return found.id;
}

function findStudy(db: ReadableDb, name: string): StudyRow | undefined {
  return statement(db, 'SELECT id, uid, name, created_at FROM study WHERE name = ?').get(name) as StudyRow | undefined;
}

function insertStudy(db: WritableDb, name: string): StudyRow {
  const row = { uid: newId(), name, created_at: Date.now() };
  // Experiment 0 of the MLflow protocol is the default study, under whatever name it has now.
  const isFirst = name === defaultStudy && statement(db, 'SELECT 1 FROM study WHERE id = 0').get() === undefined;
  const { lastInsertRowid } = statement(db, 'INSERT INTO study (id, uid, name, created_at) VALUES (?, ?, ?, ?)').run(
    isFirst ? 0 : null,
    row.uid,
    row.name,
    row.created_at,
  );
  recordChange(db, 'study', null);
  return { id: Number(lastInsertRowid), ...row };
}

function studyName(named: string): string {
  const name = named.trim();
  if (name.length >= 1 && name.length <= 200) return name;
  throw new AppError('NAME_INVALID', 'The name of a study has 1 to 200 characters.', 'Choose another name.');
}

const taken = (name: string) =>
  new AppError('NAME_TAKEN', `There is a study ${name} already.`, 'Choose another name, or use that study.');
