import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import papa from 'papaparse';
import type { SeriesFormat } from './wish.ts';

/** Columns of equal length, in order. Whole numbers beyond 2^53 come as bigint. */
export type Column = {
  name: string;
  data: ArrayLike<string | number | bigint | null>;
  type: 'STRING' | 'INT64' | 'DOUBLE';
};
export type Table = Column[];

const rowsAtOnce = 20_000;

/**
 * A table as CSV (UTF-8, `\n`; numbers in their shortest exact form, `NaN`, `Infinity` and `-Infinity` by name, missing as nothing)
 * or Parquet (Snappy), 0600.
 */
export function writeTable(file: string, table: Table, format: SeriesFormat): void {
  if (format === 'parquet') {
    const columnData = table.map(({ name, data, type }) => ({
      name,
      type,
      nullable: true,
      data: valuesFor(data, type),
    }));
    writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData })), { flag: 'wx', mode: 0o600 });
    return;
  }
  const rows = table[0]?.data.length ?? 0;
  const out = openSync(file, 'wx', 0o600);
  try {
    writeSync(out, `${papa.unparse([table.map(({ name }) => name)], csv)}\n`);
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const length = Math.min(rowsAtOnce, rows - from);
      const lines = Array.from({ length }, (_, row) => table.map(({ data }) => data[from + row]));
      writeSync(out, `${papa.unparse(lines, csv)}\n`);
    }
  } finally {
    closeSync(out);
  }
}

/** Names that a spreadsheet would take for a formula are quoted with an apostrophe; numbers are not. */
const csv = { newline: '\n', escapeFormulae: true } as const;

function valuesFor(data: Column['data'], type: Column['type']): unknown[] {
  const values = Array.from(data);
  return type === 'INT64' ? values.map((value) => (value === null ? null : BigInt(value))) : values;
}
