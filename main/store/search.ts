import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

/** Writes what a search finds of a run anew: its name, note, and params as `key value`. Call inside a transaction. */
export function indexRun(db: WritableDb, run: number): void {
  statement(db, 'DELETE FROM run_search WHERE rowid = ?').run(run);
  statement(
    db,
    `INSERT INTO run_search (rowid, name, note, params)
    SELECT id, name, note, (SELECT coalesce(group_concat(key || ' ' || value, char(10)), '') FROM param WHERE run_id = run.id)
    FROM run WHERE id = ?`,
  ).run(run);
}

/** Runs outside the bin whose name, note or params hold every word of the text (its last one as a beginning), best first. */
export function searchRuns(db: ReadableDb, text: string, limit: number): { id: string; name: string; study: string }[] {
  const words = text.match(/[\p{L}\p{N}_]+/gu);
  if (words === null) return [];
  const query = words.map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`).join(' ');
  return statement(
    db,
    `SELECT r.uid AS id, r.name, s.name AS study
    FROM run_search f JOIN run r ON r.id = f.rowid JOIN study s ON s.id = r.study_id
    WHERE run_search MATCH ? AND r.binned_at IS NULL ORDER BY f.rank, r.created_at DESC LIMIT ?`,
  ).all(query, limit) as { id: string; name: string; study: string }[];
}
