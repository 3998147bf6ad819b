import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { endColumnHash, startColumnHash, tableHash } from './fingerprint.ts';
import {
  type Block,
  type CellKind,
  type StoredColumn,
  type StoredTable,
  tableDataFile,
  tableIndexFile,
} from './layout.ts';

/** One column on its way to disk. */
export type ColumnSink = {
  append(bytes: Uint8Array, rows: number): void;
  end(dictionary: string[]): Omit<StoredColumn, 'type'>;
};

/** Writes blocks to `table.bin` in the order they come and the index at the end. Files are 0600. */
export type TableWriter = {
  column(kind: CellKind, name: string): ColumnSink;
  /** Bytes written so far. */
  bytes(): number;
  finish(rows: number, columns: StoredColumn[]): StoredTable;
  close(): void;
};

export function createTableWriter(folder: string): TableWriter {
  const file = openSync(join(folder, tableDataFile), 'wx', 0o600);
  let offset = 0;
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    column(kind, name) {
      const hash = startColumnHash(kind, name);
      const blocks: Block[] = [];
      return {
        append(bytes, rows) {
          writeAll(file, bytes);
          hash.update(bytes);
          blocks.push({ offset, bytes: bytes.length, rows });
          offset += bytes.length;
        },
        end: (dictionary) => ({ name, kind, blocks, dictionary, hash: endColumnHash(hash, dictionary) }),
      };
    },
    bytes: () => offset,
    finish(rows, columns) {
      const table: StoredTable = { layout: 1, rows, columns, hash: tableHash(rows, columns) };
      fsyncSync(file);
      close();
      writeFileSync(join(folder, tableIndexFile), JSON.stringify(table), { mode: 0o600, flush: true });
      return table;
    },
    close,
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
}
