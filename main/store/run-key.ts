import { AppError } from '../../shared/errors.ts';
import type { ReadableDb } from './open.ts';
import { statement } from './statement.ts';

/** `run.id` of a run's public id. Throws RUN_NOT_FOUND. */
export function runKey(db: ReadableDb, uid: string): number {
  const row = statement(db, 'SELECT id FROM run WHERE uid = ?').get(uid) as { id: number } | undefined;
  if (row === undefined) throw runNotFound(uid);
  return row.id;
}

/** `run.id` of each, in order, each once. Throws RUN_NOT_FOUND for the first that does not exist. */
export function runKeys(db: ReadableDb, uids: string[]): number[] {
  return [...new Set(uids)].map((uid) => runKey(db, uid));
}

/**
 * The id of the run that a person named by its id or by the first characters of it (at least 4). Throws RUN_NOT_FOUND, also
 * when several begin so.
 */
export function findRun(db: ReadableDb, named: string): string {
  if (!/^[0-9a-f]{4,32}$/.test(named)) throw runNotFound(named);
  const rows = db
    .prepare('SELECT uid FROM run WHERE uid >= ? AND uid < ? ORDER BY uid LIMIT 2')
    .all(named, `${named}g`) as {
    uid: string;
  }[];
  if (rows.length === 1) return rows[0]!.uid;
  if (rows.length === 0) throw runNotFound(named);
  throw new AppError('RUN_NOT_FOUND', `Several runs begin with ${named}.`, 'Write more characters of the id.');
}

function runNotFound(named: string): AppError {
  return new AppError(
    'RUN_NOT_FOUND',
    `There is no run ${named.slice(0, 80)} in this vault.`,
    'List the runs and their ids: wardbook runs',
  );
}
