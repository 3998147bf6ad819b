import { closeSync, fsyncSync, openSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs';
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

/** Writes blocks to `table.bin` in the order they come, and the index at the end. Files are 0600. */
export type TableWriter = {
  /** A column may be begun more than once, when its first kind did not hold; only those given to `finish` are kept. */
  column(kind: CellKind, name: string): ColumnSink;
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
    finish(rows, columns) {
      fsyncSync(file);
      close();
      const kept = columns.reduce(
        (sum, column) => sum + column.blocks.reduce((bytes, block) => bytes + block.bytes, 0),
        0,
      );
      const table: StoredTable = {
        layout: 1,
        rows,
        columns: kept < offset ? compact(folder, columns) : columns,
        hash: tableHash(rows, columns),
      };
      writeFileSync(join(folder, tableIndexFile), JSON.stringify(table), { mode: 0o600, flush: true });
      return table;
    },
    close,
  };
}

/** Writes the data file anew with the blocks of these columns and nothing else. */
function compact(folder: string, columns: StoredColumn[]): StoredColumn[] {
  const path = join(folder, tableDataFile);
  const from = openSync(path, 'r');
  const to = openSync(`${path}.compact`, 'wx', 0o600);
  try {
    let offset = 0;
    const moved = columns.map((column) => ({
      ...column,
      blocks: column.blocks.map((block) => {
        const bytes = new Uint8Array(block.bytes);
        readSync(from, bytes, 0, block.bytes, block.offset);
        writeAll(to, bytes);
        offset += block.bytes;
        return { ...block, offset: offset - block.bytes };
      }),
    }));
    fsyncSync(to);
    renameSync(`${path}.compact`, path);
    return moved;
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
}
