import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Artifact } from '../../shared/model/run.ts';

export const runFolder = (vaultDir: string, runId: string): string => join(vaultDir, 'runs', runId);

/** Writes a file under `runs/<id>/artifacts/` (0600), whole or not at all; the name may have folders in it. DISK_FULL, VAULT_READ_ONLY. */
export function writeArtifact(vaultDir: string, runId: string, name: string, content: Uint8Array | string): Artifact {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const path = join(runFolder(vaultDir, runId), 'artifacts', name);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(`${path}.part`, 'w', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.part`, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
      throw new AppError(
        'DISK_FULL',
        'The disk is full, so the model could not be kept; free some space and train again.',
        undefined,
        { cause },
      );
    }
    throw new AppError(
      'VAULT_READ_ONLY',
      'The model could not be written into the vault; check that its folder is writable.',
      undefined,
      { cause },
    );
  }
  return { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
