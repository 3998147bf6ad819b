import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { type Draft, draft } from '../../shared/model/report.ts';
import { recordChange } from './change.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { runKey } from './run-key.ts';

export type DraftFile = { name: string; bytes: Buffer };
export type StoredDraft = { draft: Draft; state: string; files: DraftFile[]; acceptedAt: number | null };

/** Everything recorded about a run that a report could depend on, table by table. */
const stateQueries = [
  'SELECT * FROM run WHERE id = ?',
  'SELECT * FROM param WHERE run_id = ? ORDER BY key',
  'SELECT * FROM tag WHERE run_id = ? ORDER BY key',
  'SELECT * FROM latest WHERE run_id = ? ORDER BY key',
  'SELECT * FROM estimate WHERE run_id = ? ORDER BY key',
  'SELECT * FROM run_document WHERE run_id = ? ORDER BY kind',
  'SELECT * FROM prediction WHERE run_id = ? ORDER BY part',
  'SELECT * FROM artifact WHERE run_id = ? ORDER BY path',
  'SELECT * FROM dataset_version WHERE id = (SELECT dataset_version_id FROM run WHERE id = ?)',
];

/** SHA-256 over all that is recorded about these runs and the site's label: another value means that something changed. */
export function stateOfRuns(db: ReadableDb, uids: string[]): string {
  const hash = createHash('sha256');
  const add = (row: unknown): void => {
    for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
      const bytes = value instanceof Uint8Array ? value : Buffer.from(`${typeof value} ${String(value)}`);
      hash.update(`${column} ${bytes.length} `).update(bytes);
    }
  };
  for (const uid of uids) {
    const run = runKey(db, uid);
    for (const sql of stateQueries) {
      hash.update(sql);
      for (const row of db.prepare(sql).iterate(run)) add(row);
    }
  }
  for (const row of db.prepare(`SELECT * FROM setting WHERE key = 'siteLabel'`).iterate()) add(row);
  return hash.digest('hex');
}

/** Drafts that nobody signed are kept this long. */
const keptMs = 7 * 86_400_000;

/** Keeps the exact bytes of a draft, with what they were built from; forgets unsigned drafts older than a week. */
export function saveDraft(db: WritableDb, summary: Draft, state: string, files: DraftFile[]): void {
  transaction(db, () => {
    const old = 'SELECT digest FROM draft WHERE accepted_at IS NULL AND created_at < ?';
    db.prepare(`DELETE FROM draft_file WHERE digest IN (${old})`).run(summary.createdAt - keptMs);
    db.prepare('DELETE FROM draft WHERE accepted_at IS NULL AND created_at < ?').run(summary.createdAt - keptMs);
    db.prepare('INSERT INTO draft (digest, created_at, state, summary) VALUES (?, ?, ?, ?)').run(
      summary.digest,
      summary.createdAt,
      state,
      JSON.stringify(summary),
    );
    const insert = db.prepare('INSERT INTO draft_file (digest, name, bytes) VALUES (?, ?, ?)');
    for (const file of files) insert.run(summary.digest, file.name, file.bytes);
    recordChange(db, 'draft', null);
  });
}

/** Throws DRAFT_NOT_FOUND. */
export function readDraft(db: ReadableDb, digest: string): StoredDraft {
  const row = db.prepare('SELECT state, summary, accepted_at FROM draft WHERE digest = ?').get(digest) as
    | { state: string; summary: string; accepted_at: number | null }
    | undefined;
  if (row === undefined) throw draftNotFound(digest);
  const files = db
    .prepare('SELECT name, bytes FROM draft_file WHERE digest = ? ORDER BY name')
    .all(digest) as DraftFile[];
  return { draft: draft.parse(JSON.parse(row.summary)), state: row.state, files, acceptedAt: row.accepted_at };
}

/** One file of a draft as text. Throws DRAFT_NOT_FOUND. */
export function readDraftFile(db: ReadableDb, digest: string, name: string): { name: string; text: string } {
  const row = db.prepare('SELECT bytes FROM draft_file WHERE digest = ? AND name = ?').get(digest, name) as
    | { bytes: Buffer }
    | undefined;
  if (row === undefined) throw draftNotFound(digest);
  return { name, text: row.bytes.toString('utf8') };
}

export function markAccepted(db: WritableDb, digest: string, at: number): void {
  transaction(db, () => {
    db.prepare('UPDATE draft SET accepted_at = ? WHERE digest = ?').run(at, digest);
    recordChange(db, 'draft', null);
  });
}

/** Digest of the report that was signed last; null before the first. */
export function lastAccepted(db: ReadableDb): string | null {
  const row = db
    .prepare('SELECT digest FROM draft WHERE accepted_at IS NOT NULL ORDER BY accepted_at DESC, rowid DESC LIMIT 1')
    .get() as { digest: string } | undefined;
  return row?.digest ?? null;
}

const draftNotFound = (digest: string): AppError =>
  new AppError(
    'DRAFT_NOT_FOUND',
    `There is no draft ${digest.slice(0, 12)}… in this vault.`,
    'Build it again: wardbook export RUN… --out DIR',
  );
