import type { Events } from '../../shared/contract/events.ts';
import { type ReadableDb, snapshot, type WritableDb } from './open.ts';
import { statement } from './statement.ts';

export type ChangeNoun = Events['store.changed']['nouns'][number];
/** What changed after a revision. `complete` is false when older rows are gone and a cache must be read anew. */
export type Changes = { revision: number; nouns: ChangeNoun[]; runs: string[]; complete: boolean };

/** Deltas kept for slow readers; a cache that is further behind starts anew. */
const keptChanges = 20_000;
const pruneEvery = 1_000;

/** Notes a change in the feed, inside the transaction that makes it. `runPk` is `run.id`, null for what is not of a run. */
export function recordChange(db: WritableDb, noun: ChangeNoun, runPk: number | null): void {
  const { lastInsertRowid } = statement(db, 'INSERT INTO change (noun, run_id, at) VALUES (?, ?, ?)').run(
    noun,
    runPk,
    Date.now(),
  );
  const revision = Number(lastInsertRowid);
  if (revision % pruneEvery === 0) statement(db, 'DELETE FROM change WHERE revision <= ?').run(revision - keptChanges);
}

/** Number of the newest change; 0 in a fresh vault. */
export function latestRevision(db: ReadableDb): number {
  const row = statement(db, 'SELECT max(revision) AS revision FROM change').get() as { revision: number | null };
  return row.revision ?? 0;
}

/** Everything that changed after `sinceRevision`, each noun and run (uid) once. */
export function readChanges(db: ReadableDb, sinceRevision: number): Changes {
  return snapshot(db, () => {
    const revision = latestRevision(db);
    const nouns = statement(db, 'SELECT DISTINCT noun FROM change WHERE revision > ?').all(sinceRevision) as {
      noun: ChangeNoun;
    }[];
    const runs = statement(
      db,
      'SELECT uid FROM run WHERE id IN (SELECT run_id FROM change WHERE revision > ? AND run_id IS NOT NULL)',
    ).all(sinceRevision) as { uid: string }[];
    const oldest = statement(db, 'SELECT min(revision) AS revision FROM change').get() as { revision: number | null };
    return {
      revision,
      nouns: nouns.map((row) => row.noun),
      runs: runs.map((row) => row.uid),
      complete: (oldest.revision ?? 1) <= sinceRevision + 1,
    };
  });
}

/**
 * Calls `onChange` with the deltas of every process, at most once per interval; returns the function that ends the watch. The
 * newest revision is polled rather than PRAGMA data_version, which is silent about commits of this same connection.
 */
export function watchChanges(db: ReadableDb, onChange: (changes: Changes) => void, intervalMs: number): () => void {
  let revision = latestRevision(db);
  const look = () => {
    if (!db.open || latestRevision(db) === revision) return;
    const changes = readChanges(db, revision);
    revision = changes.revision;
    onChange(changes);
  };
  const timer = setInterval(look, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
