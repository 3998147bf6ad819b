import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

/** Call inside a transaction. A document is whole: another of the same kind replaces it; undefined ones are left out. */
export function writeDocuments(db: WritableDb, run: number, documents: Record<string, unknown>): void {
  const insert = statement(db, 'INSERT OR REPLACE INTO run_document (run_id, kind, json) VALUES (?, ?, ?)');
  for (const [kind, document] of Object.entries(documents)) {
    const json = JSON.stringify(document);
    if (json !== undefined) insert.run(run, kind, json);
  }
}

/** A run's document of one kind, or null. The caller says its type: it was checked when it was written. */
export function readDocument<T>(db: ReadableDb, run: number, kind: string): T | null {
  const row = statement(db, 'SELECT json FROM run_document WHERE run_id = ? AND kind = ?').get(run, kind) as
    | { json: string }
    | undefined;
  return row === undefined ? null : (JSON.parse(row.json) as T);
}

/** All documents of a run by kind. */
export function readDocuments(db: ReadableDb, run: number): Record<string, unknown> {
  const rows = statement(db, 'SELECT kind, json FROM run_document WHERE run_id = ? ORDER BY kind').all(run) as {
    kind: string;
    json: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.kind, JSON.parse(row.json)]));
}
