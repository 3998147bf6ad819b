import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { StoredVersion } from '../store/datasets.ts';
import { endColumnHash, startColumnHash, tableHash } from '../store/table/fingerprint.ts';
import { originalFile } from '../store/table/layout.ts';
import { blobFolder, openTableFile } from '../store/table/table-file.ts';

/** Hashes the original file and the columnar form anew and compares them with the version's record. */
export function verifyVersion(vaultDir: string, version: StoredVersion): { valid: boolean; reason: string } {
  const folder = blobFolder(vaultDir, version.blob);
  const name = `${version.name}@v${version.version}`;
  const original = hashFile(join(folder, originalFile));
  if (original === null) return { valid: false, reason: `The original file of ${name} is not in the vault any more.` };
  if (original !== version.blob)
    return { valid: false, reason: `The original file of ${name} was changed after its import.` };
  const columnar = hashTable(folder);
  if (columnar === null) return { valid: false, reason: `The columnar form of ${name} cannot be read.` };
  if (columnar !== version.hash)
    return { valid: false, reason: `The columnar form of ${name} was changed after its import.` };
  return { valid: true, reason: `The original file and every column of ${name} are as they were imported.` };
}

function hashFile(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(2 ** 22);
      for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
        hash.update(buffer.subarray(0, read));
      return hash.digest('hex');
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** The content fingerprint as the files give it now; null when they are damaged beyond reading. */
function hashTable(folder: string): string | null {
  try {
    const file = openTableFile(folder);
    try {
      const columns = file.index.columns.map((column) => {
        const hash = startColumnHash(column.kind, column.name);
        for (const block of column.blocks) hash.update(file.readBlock(block));
        return { hash: endColumnHash(hash, column.dictionary) };
      });
      return tableHash(file.index.rows, columns);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_DAMAGED') return null;
    throw error;
  }
}
