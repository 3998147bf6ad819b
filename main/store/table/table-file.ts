import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import {
  type Block,
  type StoredColumn,
  type StoredTable,
  storedTable,
  tableDataFile,
  tableIndexFile,
} from './layout.ts';

/** A stored table open for reading, block by block; `close` when done. */
export type TableFile = {
  index: StoredTable;
  column(name: string): StoredColumn;
  readBlock(block: Block): Uint8Array;
  close(): void;
};

/** Folder of a blob in the vault: `datasets/<first 2 hex>/<64 hex>`. */
export const blobFolder = (vaultDir: string, blob: string): string =>
  join(vaultDir, 'datasets', blob.slice(0, 2), blob);

/**
 * Opens the columnar form in `folder`, by its own index unless one is given; VAULT_DAMAGED when its files are not there or not
 * readable as such.
 */
export function openTableFile(folder: string, index: StoredTable = readIndex(folder)): TableFile {
  const file = openData(folder);
  const byName = new Map(index.columns.map((column) => [column.name, column]));
  return {
    index,
    column(name) {
      const column = byName.get(name);
      if (column === undefined) throw new AppError('COLUMN_NOT_FOUND', `The dataset has no column "${name}".`);
      return column;
    },
    readBlock(block) {
      const bytes = new Uint8Array(block.bytes);
      const read = readSync(file, bytes, 0, block.bytes, block.offset);
      if (read !== block.bytes) throw damaged('its columnar form is shorter than its index says');
      return bytes;
    },
    close: () => closeSync(file),
  };
}

function openData(folder: string): number {
  try {
    return openSync(join(folder, tableDataFile), 'r');
  } catch (cause) {
    throw damaged('its columnar form is not there', cause);
  }
}

function readIndex(folder: string): StoredTable {
  try {
    return storedTable.parse(JSON.parse(readFileSync(join(folder, tableIndexFile), 'utf8')));
  } catch (cause) {
    throw damaged('its columnar form cannot be read', cause);
  }
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    'VAULT_DAMAGED',
    `The stored copy of a dataset is damaged: ${what}.`,
    'Run `wardbook dataset verify` to find the dataset, then import its file again into a fresh vault.',
    { cause },
  );
}
