import { renameSync, rmSync } from 'node:fs';
import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { refuseWhenModelRegistered, refuseWhenRegistered } from '../registry/files.ts';
import { statement } from '../statement.ts';
import { storeError } from '../store-error.ts';
import { type ArtifactOwner, artifactRoot, ownedFilesBelow, tableOf } from './artifact-owner.ts';
import { confine } from './confine.ts';
import type { Upload } from './receive-upload.ts';

/**
 * Moves a received file to its place among an owner's files and records it; one of the same path is replaced. Call inside a
 * transaction. False when the path leads out of the owner's folder, or through a file, or ends at a folder. Throws MODEL_NEEDED
 * when a registered version consists of the file that would be replaced.
 */
export function placeUpload(
  db: WritableDb,
  dir: string,
  owner: ArtifactOwner,
  segments: string[],
  { file, bytes, sha256 }: Upload,
): boolean {
  const path = segments.join('/');
  const { table, key } = tableOf(owner);
  const known = statement(db, `SELECT sha256 FROM ${table} WHERE ${key} = ? AND path = ?`).pluck().get(owner.pk, path);
  if (known !== undefined && known !== sha256) refuseWhenNeeded(db, owner, path);
  try {
    const place = confine(artifactRoot(dir, owner), segments, true);
    if (place === null) return false;
    renameSync(file, place);
  } catch (error) {
    if (['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return false;
    throw storeError(error, dir);
  }
  statement(db, `INSERT OR REPLACE INTO ${table} (${key}, path, bytes, sha256) VALUES (?, ?, ?, ?)`).run(
    owner.pk,
    path,
    bytes,
    sha256,
  );
  recordChange(db, 'run', owner.run);
  return true;
}

/**
 * Takes away the file of a path, or all files below it. Call inside a transaction; returns how many there were. Throws
 * MODEL_NEEDED when a registered version consists of one of them.
 */
export function removeOwnedFiles(db: WritableDb, dir: string, owner: ArtifactOwner, segments: string[]): number {
  const path = segments.join('/');
  refuseWhenNeeded(db, owner, path);
  const { table, key } = tableOf(owner);
  const below = ownedFilesBelow(db, owner, path);
  const remove = statement(db, `DELETE FROM ${table} WHERE ${key} = ? AND path = ?`);
  let removed = remove.run(owner.pk, path).changes;
  for (const file of below) removed += remove.run(owner.pk, file.path).changes;
  if (removed === 0) return 0;
  const root = artifactRoot(dir, owner);
  const place = segments.length === 0 ? root : confine(root, segments, false);
  // Without `recursive` through a link: rm takes the link itself away.
  if (place !== null) rmSync(place, { recursive: true, force: true });
  recordChange(db, 'run', owner.run);
  return removed;
}

function refuseWhenNeeded(db: ReadableDb, owner: ArtifactOwner, path: string): void {
  if (owner.kind === 'run') refuseWhenRegistered(db, owner.pk, path);
  else refuseWhenModelRegistered(db, owner.uid, path);
}

/** Bytes of all files that clients have logged, in runs and in models. */
export function clientFileBytes(db: ReadableDb): number {
  return statement(
    db,
    `SELECT (SELECT coalesce(sum(a.bytes), 0) FROM artifact a JOIN run r ON r.id = a.run_id WHERE r.recipe IS NULL)
      + (SELECT coalesce(sum(bytes), 0) FROM logged_model_file)`,
  )
    .pluck()
    .get() as number;
}
