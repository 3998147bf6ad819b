import { decodeCodes, decodeNumbers, decodeTexts, isMissing } from './blocks.ts';
import { isNumeric, type StoredColumn } from './layout.ts';
import type { TableFile } from './table-file.ts';
import { hashText, type TextHash } from './text-hash.ts';

/**
 * A 53-bit hash per row over some columns in order: equal rows have equal hashes, whichever table they are in. Two different
 * rows of a table of a million share one with a chance of about 1 in 20,000.
 */
export function hashRows(file: TableFile, columns: StoredColumn[]): Float64Array {
  const rows = file.index.rows;
  const a = new Int32Array(rows).fill(0x2545f491);
  const b = new Int32Array(rows).fill(0x6c8e9cf5);
  for (const column of columns) mixColumn(file, column, a, b);
  return Float64Array.from(a, (high, row) => (high & 0x1fffff) * 4294967296 + (b[row]! >>> 0));
}

/** How many rows repeat an earlier one. */
export function countDuplicates(hashes: Float64Array): number {
  const sorted = Float64Array.from(hashes).sort();
  let repeats = 0;
  for (let row = 1; row < sorted.length; row++) if (sorted[row] === sorted[row - 1]) repeats += 1;
  return repeats;
}

function mixColumn(file: TableFile, column: StoredColumn, a: Int32Array, b: Int32Array): void {
  const words = blockWords(column);
  let first = 0;
  for (const block of column.blocks) {
    const cells = words(file.readBlock(block), block.rows);
    for (let row = 0; row < block.rows; row++) {
      let p = Math.imul(a[first + row]! ^ cells[row * 2]!, 2654435761);
      let q = Math.imul(b[first + row]! ^ cells[row * 2 + 1]!, 1597334677);
      p ^= q >>> 15;
      q ^= p >>> 13;
      a[first + row] = Math.imul(p, 2246822507);
      b[first + row] = Math.imul(q, 3266489909);
    }
    first += block.rows;
  }
}

/**
 * Turns a block into two words per cell, (1, 0) for a missing one; the same value gives the same words whether its column is
 * stored as levels or as texts.
 */
function blockWords(column: StoredColumn): (bytes: Uint8Array, rows: number) => Int32Array {
  if (isNumeric(column.kind)) return numberWords;
  if (column.kind === 'text') return textWords;
  const levels = textsToWords(column.dictionary);
  return (bytes, rows) => {
    const { codes } = decodeCodes(bytes, rows);
    const words = new Int32Array(rows * 2);
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!;
      words[row * 2] = code < 0 ? 1 : levels[code * 2]!;
      words[row * 2 + 1] = code < 0 ? 0 : levels[code * 2 + 1]!;
    }
    return words;
  };
}

/** The bits of the numbers: a missing cell is NaN with its bit set, a cell that reads NaN has it clear. */
function numberWords(bytes: Uint8Array, rows: number): Int32Array {
  const { values, bitmap } = decodeNumbers(bytes, rows);
  const words = new Int32Array(values.buffer, values.byteOffset, rows * 2);
  for (let row = 0; row < rows; row++) {
    if (!isMissing(bitmap, row)) continue;
    words[row * 2] = 1;
    words[row * 2 + 1] = 0;
  }
  return words;
}

function textWords(bytes: Uint8Array, rows: number): Int32Array {
  const { bitmap, text } = decodeTexts(bytes, rows);
  return textsToWords(Array.from({ length: rows }, (_, row) => (isMissing(bitmap, row) ? null : text(row))));
}

function textsToWords(texts: (string | null)[]): Int32Array {
  const hash: TextHash = { a: 0, b: 0 };
  const words = new Int32Array(texts.length * 2);
  for (const [at, text] of texts.entries()) {
    if (text === null) {
      words[at * 2] = 1;
      continue;
    }
    hashText(text, 0, hash);
    words[at * 2] = hash.a;
    words[at * 2 + 1] = hash.b;
  }
  return words;
}
