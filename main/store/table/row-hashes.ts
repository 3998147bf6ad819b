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
  let row = 0;
  eachCellHash(file, column, (x, y) => {
    let p = Math.imul(a[row]! ^ x, 2654435761);
    let q = Math.imul(b[row]! ^ y, 1597334677);
    p ^= q >>> 15;
    q ^= p >>> 13;
    a[row] = Math.imul(p, 2246822507);
    b[row] = Math.imul(q, 3266489909);
    row += 1;
  });
}

/** Two words per cell; the same value gives the same words whether its column is stored as levels or as texts. */
function eachCellHash(file: TableFile, column: StoredColumn, visit: (x: number, y: number) => void): void {
  const hash: TextHash = { a: 0, b: 0 };
  const levels = column.dictionary.map((level) => {
    hashText(level, 0, hash);
    return { ...hash };
  });
  for (const block of column.blocks) {
    const bytes = file.readBlock(block);
    if (isNumeric(column.kind)) {
      const { values, bitmap } = decodeNumbers(bytes, block.rows);
      const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
      for (let row = 0; row < block.rows; row++) {
        if (isMissing(bitmap, row)) visit(1, 0);
        else visit(words[row * 2]!, words[row * 2 + 1]!);
      }
    } else if (column.kind === 'dictionary') {
      for (const code of decodeCodes(bytes, block.rows).codes) {
        if (code < 0) visit(1, 0);
        else visit(levels[code]!.a, levels[code]!.b);
      }
    } else {
      const cells = decodeTexts(bytes, block.rows);
      for (let row = 0; row < block.rows; row++) {
        if (isMissing(cells.bitmap, row)) visit(1, 0);
        else {
          hashText(cells.text(row), 0, hash);
          visit(hash.a, hash.b);
        }
      }
    }
  }
}
