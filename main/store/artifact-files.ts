import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ArtifactRange } from '../../shared/contract/artifacts.ts';
import { AppError } from '../../shared/errors.ts';
import { runFolder } from './log.ts';
import { runKey } from './run-key.ts';
import { statement } from './statement.ts';
import type { ReadableVault } from './vault.ts';

/** Where the files of a run's artifacts lie; names in the store are relative to it. */
export const artifactsFolder = (dir: string, uid: string): string => join(runFolder(dir, uid), 'artifacts');

/**
 * The file of an artifact that the run has recorded. A name that is not recorded, or whose file has gone or lies elsewhere
 * once links are followed, is ARTIFACT_NOT_FOUND. Throws RUN_NOT_FOUND.
 */
export function artifactFile({ db, dir }: ReadableVault, uid: string, path: string): string {
  const run = runKey(db, uid);
  const known = statement(db, 'SELECT 1 FROM artifact WHERE run_id = ? AND path = ?').get(run, path);
  if (known === undefined) throw notFound(uid);
  try {
    const folder = realpathSync(artifactsFolder(dir, uid));
    const file = realpathSync(join(folder, ...path.split('/')));
    const inside = relative(folder, file);
    if (inside !== '' && inside.split(sep)[0] !== '..') return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  throw notFound(uid);
}

/** Part of an artifact. Throws ARTIFACT_NOT_FOUND or RUN_NOT_FOUND. */
export function readArtifact(
  vault: ReadableVault,
  uid: string,
  path: string,
  from: number,
  length: number,
): ArtifactRange {
  const file = openSync(artifactFile(vault, uid, path), constants.O_RDONLY);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw notFound(uid);
    const bytes = new Uint8Array(Math.max(0, Math.min(length, stat.size - from)));
    let read = 0;
    while (read < bytes.length) {
      const got = readSync(file, bytes, read, bytes.length - read, from + read);
      if (got === 0) break;
      read += got;
    }
    return { bytes: read === bytes.length ? bytes : bytes.slice(0, read), size: stat.size };
  } finally {
    closeSync(file);
  }
}

function notFound(uid: string): AppError {
  return new AppError(
    'ARTIFACT_NOT_FOUND',
    `The run ${uid} has no such file, or its file is gone from the vault.`,
    'Look at its list of artifacts: wardbook show',
  );
}
