import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { storeError } from '../store/store-error.ts';

/** Where the vault keeps a model that came from elsewhere, by the hash of its content. */
export const modelFolder = (vaultDir: string, hash: string): string => join(vaultDir, 'models', hash);

/**
 * Copies a model folder (TensorFlow.js, Keras) into the vault, whole or not at all, and returns the SHA-256 (64 hex) over its
 * files' names and contents; one that is there already is not copied again. FILE_EMPTY, DISK_FULL, VAULT_READ_ONLY.
 */
export function keepModelFolder(vaultDir: string, source: string): string {
  const files = filesOf(source);
  if (files.length === 0) throw new AppError('FILE_EMPTY', `The folder ${source} holds no model: it is empty.`);
  const digest = hashModelFolder(source);
  const place = modelFolder(vaultDir, digest);
  if (existsSync(place)) return digest;
  const part = `${place}.${randomUUID()}.part`;
  try {
    for (const file of files) {
      mkdirSync(dirname(join(part, file)), { recursive: true, mode: 0o700 });
      copyFileSync(join(source, file), join(part, file));
    }
    renameSync(part, place);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw storeError(error, vaultDir);
  }
  return digest;
}

/** SHA-256 (64 hex) over the names and contents of a folder's files. */
export function hashModelFolder(folder: string): string {
  const hash = createHash('sha256');
  for (const file of filesOf(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(JSON.stringify([file, content.length])).update(content);
  }
  return hash.digest('hex');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
