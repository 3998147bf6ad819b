import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import type { ImportSource } from './imported-run.ts';

/** The run that was made from a source: its `run.id`, its id, what the source looked like then, and how far it was read. */
export type KnownSource = { pk: number; id: string; stamp: string; progress: string | null; binned: boolean };

/** Null when nothing was imported from it. */
export function findSource(db: ReadableDb, format: string, key: string): KnownSource | null {
  const row = statement(
    db,
    `SELECT r.id AS pk, r.uid AS id, i.stamp, i.progress, r.binned_at IS NOT NULL AS binned
    FROM import_source i JOIN run r ON r.id = i.run_id WHERE i.format = ? AND i.key = ?`,
  ).get(format, key) as (Omit<KnownSource, 'binned'> & { binned: number }) | undefined;
  return row === undefined ? null : { ...row, binned: row.binned === 1 };
}

/** Call inside a transaction. */
export function noteSource(
  db: WritableDb,
  run: number,
  { format, key, stamp, path }: ImportSource,
  progress: string | null,
): void {
  statement(
    db,
    `INSERT INTO import_source (run_id, format, key, stamp, path, imported_at, progress) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id) DO UPDATE SET stamp = excluded.stamp, path = excluded.path, imported_at = excluded.imported_at,
      progress = excluded.progress`,
  ).run(run, format, key, stamp, path, Date.now(), progress);
}
