import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Artifact } from '../../shared/model/run.ts';
import { versionKey } from '../store/registry/keys.ts';
import { readVersionFiles } from '../store/registry/read-versions.ts';
import { artifactRoot } from '../store/tracking/artifact-owner.ts';
import type { ReadableVault } from '../store/vault.ts';

/**
 * Whether the files of a version lie on the disk as they were registered: each is read and hashed. Throws
 * REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND.
 */
export async function verifyFiles(
  { db, dir }: ReadableVault,
  name: string,
  version: number,
): Promise<{ valid: boolean; reason: string }> {
  const { run, loggedModel, files } = readVersionFiles(db, versionKey(db, name, version).id);
  const owner = loggedModel === null ? run : loggedModel;
  if (files.length === 0 || owner === null) return { valid: false, reason: 'it was registered without files.' };
  const root = artifactRoot(dir, { kind: loggedModel === null ? 'run' : 'model', uid: owner });
  for (const file of files) {
    const found = await hashOf(join(root, file.path));
    if (found === null) return { valid: false, reason: `the file ${file.path} is gone.` };
    if (found !== file.sha256) return { valid: false, reason: `the file ${file.path} is another than was registered.` };
  }
  return { valid: true, reason: `all ${files.length} files are as they were registered.` };
}

async function hashOf(path: string): Promise<Artifact['sha256'] | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}
