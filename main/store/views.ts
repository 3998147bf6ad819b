import { recordChange } from './change.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { statement } from './statement.ts';

export type SavedView = { name: string; state: string };

export function listViews(db: ReadableDb): SavedView[] {
  return statement(db, 'SELECT name, state FROM saved_view ORDER BY created_at, name').all() as SavedView[];
}

/** A view of the same name is replaced and keeps its place. */
export function saveView(db: WritableDb, { name, state }: SavedView): void {
  transaction(db, () => {
    statement(
      db,
      'INSERT INTO saved_view (name, state, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state',
    ).run(name, state, Date.now());
    recordChange(db, 'setting', null);
  });
}

/** Nothing happens when there is no such view. */
export function deleteView(db: WritableDb, name: string): void {
  transaction(db, () => {
    const { changes } = statement(db, 'DELETE FROM saved_view WHERE name = ?').run(name);
    if (changes === 1) recordChange(db, 'setting', null);
  });
}
