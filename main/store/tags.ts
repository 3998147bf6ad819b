import { inBatches } from './batches.ts';
import { recordChange } from './change.ts';
import { getOrAdd } from './get-or-add.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { runKeys } from './run-key.ts';
import { statement } from './statement.ts';

/** Call inside a transaction. */
export function writeTags(db: WritableDb, run: number, tags: Record<string, string>): void {
  const insert = statement(db, 'INSERT OR REPLACE INTO tag (run_id, key, value) VALUES (?, ?, ?)');
  for (const [key, value] of Object.entries(tags)) insert.run(run, key, value);
}

/** Sets a tag on every run, or takes it away when `value` is null. Throws RUN_NOT_FOUND before anything is changed. */
export async function tagRuns(db: WritableDb, uids: string[], key: string, value: string | null): Promise<void> {
  await inBatches(db, runKeys(db, uids), (run) => {
    if (value !== null) writeTags(db, run, { [key]: value });
    else statement(db, 'DELETE FROM tag WHERE run_id = ? AND key = ?').run(run, key);
    recordChange(db, 'run', run);
  });
}

/** Tags per `run.id`. `runs` is a JSON array of `run.id`. */
export function readTags(db: ReadableDb, runs: string): Map<number, Record<string, string>> {
  const byRun = new Map<number, Record<string, string>>();
  const rows = statement(
    db,
    'SELECT run_id, key, value FROM tag WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, key',
  ).all(runs) as { run_id: number; key: string; value: string }[];
  for (const row of rows) getOrAdd(byRun, row.run_id, (): Record<string, string> => ({}))[row.key] = row.value;
  return byRun;
}
