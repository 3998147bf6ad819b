import { closeSync, openSync, readSync } from 'node:fs';
import Papa from 'papaparse';
import { AppError } from '../../shared/errors.ts';
import type { Encoding } from './encoding.ts';

export type TextForm = { encoding: Encoding; delimiter: string; newline: '\n' | '\r' };

const CHUNK = 2 ** 20;
/** A row longer than this comes of a quotation mark that never closes. */
const LONGEST_ROW = 64 * 2 ** 20;

export const decoderFor = (encoding: Encoding) => new TextDecoder(encoding.toLowerCase());

/**
 * Rows of a delimited text file, header first, a chunk of the file at a time; blank lines are left out. `bytesRead` grows as it
 * goes. Cells are untrimmed and may be slices of the chunk's text: whoever keeps one copies it. TABLE_RAGGED, naming the first
 * row (the header is row 1), when a row has other than `width` cells.
 */
export function* readRows(
  path: string,
  form: TextForm,
  width: number,
  progress: { bytesRead: number },
): Generator<string[][]> {
  const decoder = decoderFor(form.encoding);
  const parser = new Papa.Parser({ delimiter: form.delimiter, newline: form.newline });
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let pending = '';
  let rowsBefore = 0;
  try {
    for (let last = false; !last; ) {
      const read = readSync(file, buffer, 0, CHUNK, null);
      last = read === 0;
      progress.bytesRead += read;
      const text = pending + (last ? decoder.decode() : decoder.decode(buffer.subarray(0, read), { stream: true }));
      const result = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
      pending = last ? '' : text.slice(result.meta.cursor);
      const open = result.errors.find((error) => error.code === 'MissingQuotes');
      if (open !== undefined) throw openQuote(rowsBefore + open.row! + 1);
      if (pending.length > LONGEST_ROW) throw openQuote(rowsBefore + result.data.length + 1);
      const rows = fullRows(result.data, width, rowsBefore);
      rowsBefore += result.data.length;
      if (rows.length > 0) yield rows;
    }
  } finally {
    closeSync(file);
  }
}

const isBlank = (row: string[]): boolean => row.length === 1 && row[0]!.trim() === '';

function fullRows(rows: string[][], width: number, rowsBefore: number): string[][] {
  const odd = rows.findIndex((row) => row.length !== width && !isBlank(row));
  if (odd >= 0) {
    const cells = rows[odd]!.length;
    throw new AppError(
      'TABLE_RAGGED',
      `Row ${(rowsBefore + odd + 1).toLocaleString('en')} has ${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${width}. Nothing was imported.`,
      'Check that row for a missing or an unquoted separator.',
    );
  }
  return rows.some(isBlank) ? rows.filter((row) => !isBlank(row)) : rows;
}

function openQuote(row: number): AppError {
  return new AppError(
    'TABLE_RAGGED',
    `Row ${row.toLocaleString('en')} opens a quotation mark that is never closed. Nothing was imported.`,
    'Correct the quotation marks of that row, or export the table again.',
  );
}
