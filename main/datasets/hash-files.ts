import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { endColumnHash, startColumnHash, tableHash } from '../store/table/fingerprint.ts';
import { openTableFile } from '../store/table/table-file.ts';

/** SHA-256 of a file; null when it cannot be read. */
export function hashFile(path: string): string | null {
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

/** The content fingerprint of a table as its files give it now; null when they are damaged beyond reading. */
export function hashTable(folder: string): string | null {
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
