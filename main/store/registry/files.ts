import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import { readArtifacts } from '../artifacts.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { findArtifactOwner, findOwnedFile, ownedFilesBelow } from '../tracking/artifact-owner.ts';

/** A run's artifacts below a folder of theirs (`''`: all), by path. */
export function filesBelow(db: ReadableDb, run: number, path: string): Artifact[] {
  const all = readArtifacts(db, run);
  return path === '' ? all : all.filter((file) => file.path === path || file.path.startsWith(`${path}/`));
}

/** Files of a logged model below a folder of its own, by path; none when there is no such model. */
export function filesOfLoggedModel(db: ReadableDb, uid: string, path: string): Artifact[] {
  const owner = findArtifactOwner(db, 'model', uid);
  if (owner === null) return [];
  const own = path === '' ? null : findOwnedFile(db, owner, path);
  return own === null ? ownedFilesBelow(db, owner, path) : [own];
}

/** SHA-256 (64 hex) over path, length and hash of each file, in the order of the paths' bytes; null without files. */
export function hashOfFiles(files: readonly Artifact[]): string | null {
  if (files.length === 0) return null;
  const hash = createHash('sha256');
  const inOrder = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  for (const { path, bytes, sha256 } of inOrder) hash.update(`${JSON.stringify([path, bytes, sha256])}\n`);
  return hash.digest('hex');
}

/**
 * Refuses to take away or overwrite an artifact of a run that a registered version consists of. `path` is relative to the run's
 * artifacts; a folder counts for everything in it, `''` for all. Throws MODEL_NEEDED.
 */
export function refuseWhenRegistered(db: ReadableDb, run: number, path: string): void {
  refuse(db, 'v.run_id = ? AND v.logged_model IS NULL', run, path);
}

/** The same for a file of a logged model, named by its uid. Throws MODEL_NEEDED. */
export function refuseWhenModelRegistered(db: ReadableDb, loggedModel: string, path: string): void {
  refuse(db, 'v.logged_model = ?', loggedModel, path);
}

function refuse(db: ReadableDb, whose: string, owner: number | string, path: string): void {
  const rows = statement(
    db,
    `SELECT m.name, v.version, v.files FROM model_version v JOIN registered_model m ON m.id = v.model_id
    WHERE ${whose} AND v.deleted_at IS NULL ORDER BY m.name, v.version`,
  ).all(owner) as { name: string; version: number; files: string }[];
  const holds = ({ files }: { files: string }) =>
    (JSON.parse(files) as Artifact[]).some(
      (file) => path === '' || file.path === path || file.path.startsWith(`${path}/`),
    );
  const needing = rows.find(holds);
  if (needing === undefined) return;
  throw new AppError(
    'MODEL_NEEDED',
    `These files make up ${needing.name}@v${needing.version} in the registry, so they stay as they are.`,
    'Delete that version first: wardbook model delete.',
  );
}
