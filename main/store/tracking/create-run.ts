import { newId } from '../../platform/ids.ts';
import { recordChange } from '../change.ts';
import type { WritableDb } from '../open.ts';
import { indexRun } from '../search.ts';
import { statement } from '../statement.ts';

export type NewTrackedRun = {
  /** `study.id` */
  study: number;
  name: string;
  user: string | null;
  startedAt: number;
  note: string;
  /** Uid of a run that may or may not exist. */
  parent: string | null;
  tags: { key: string; value: string }[];
};

/**
 * A running run of a script that no process of ours watches: it belongs to no writer, so it stays as the script leaves it. Call
 * inside a transaction.
 */
export function createTrackedRun(db: WritableDb, input: NewTrackedRun): string {
  const uid = newId();
  const run = Number(
    statement(
      db,
      `INSERT INTO run (uid, study_id, name, status, user_name, note, parent_id, created_at, started_at)
      VALUES (?, ?, ?, 'running', ?, ?, (SELECT id FROM run WHERE uid = ?), ?, ?)`,
    ).run(uid, input.study, input.name, input.user, input.note, input.parent, Date.now(), input.startedAt)
      .lastInsertRowid,
  );
  const insert = statement(db, 'INSERT OR REPLACE INTO tag (run_id, key, value) VALUES (?, ?, ?)');
  for (const { key, value } of input.tags) insert.run(run, key, value);
  indexRun(db, run);
  recordChange(db, 'run', run);
  return uid;
}
