import { closeSync, openSync, readSync } from 'node:fs';
import Papa from 'papaparse';
import type { Encoding } from './encoding.ts';
import type { DecimalMark } from './number-cell.ts';
import { decoderFor, type TextForm } from './read-rows.ts';

/** How a file is written, from its first megabyte, and the rows found there (untrimmed, header first). */
export type Sniffed = TextForm & { decimal: DecimalMark; sample: string[][] };

const SAMPLE_BYTES = 2 ** 20;
const delimiters = [',', ';', '\t', '|'];

export function sniffFile(path: string, encoding: Encoding): Sniffed {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    const read = readSync(file, buffer, 0, SAMPLE_BYTES, 0);
    const text = decoderFor(encoding).decode(buffer.subarray(0, read), { stream: true });
    return sniffText(text, encoding, read < SAMPLE_BYTES);
  } finally {
    closeSync(file);
  }
}

/** `whole`: the text is the file to its end, so that its last row counts. */
export function sniffText(text: string, encoding: Encoding, whole: boolean): Sniffed {
  // Quoted line ends do not matter here: a file whose only line feeds are quoted would have one row.
  const newline = text.includes('\n') ? '\n' : '\r';
  const tries = delimiters.map((delimiter) => {
    const parser = new Papa.Parser({ delimiter, newline });
    const result = parser.parse(text, 0, !whole) as Papa.ParseResult<string[]>;
    const rows = result.data.filter((row) => row.length > 1 || row[0]!.trim() !== '');
    return { delimiter, rows, fit: fitOf(rows) };
  });
  const best = tries.reduce((a, b) => (b.fit > a.fit ? b : a));
  return {
    encoding,
    delimiter: best.delimiter,
    newline,
    decimal: decimalMark(best.rows.slice(1), best.delimiter),
    sample: best.rows,
  };
}

/** Share of rows with as many cells as the header, above all; then more columns are better. 0 for a single column. */
function fitOf(rows: string[][]): number {
  const columns = rows[0]?.length ?? 0;
  if (columns < 2) return 0;
  const same = rows.reduce((count, row) => count + (row.length === columns ? 1 : 0), 0);
  return same / rows.length + Math.min(columns, 1000) / 1_000_000;
}

const withComma = /^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/;
const withPoint = /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/;

/**
 * A decimal comma needs more columns of comma numbers than of point numbers, and a sign that the comma parts no thousands: a
 * semicolon between cells, a comma before other than three digits, or after a lone zero.
 */
function decimalMark(rows: string[][], delimiter: string): DecimalMark {
  let commas = 0;
  let points = 0;
  let settled = delimiter === ';';
  const columns = rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) {
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => /^[+-]?[\d.,]/.test(cell));
    const comma = cells.filter((cell) => withComma.test(cell));
    const point = cells.filter((cell) => withPoint.test(cell)).length;
    if (comma.length > point) commas += 1;
    else if (point > 0) points += 1;
    settled ||= comma.some((cell) => !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell));
  }
  return commas > points && settled ? ',' : '.';
}
