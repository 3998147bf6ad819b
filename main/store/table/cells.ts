import type { ColumnType } from '../../../shared/model/dataset.ts';
import { decodeCodes, decodeNumbers, decodeTexts, isMissing } from './blocks.ts';
import { isNumeric, type StoredColumn } from './layout.ts';
import type { TableFile } from './table-file.ts';

/** Of numbers, integers, dates (milliseconds since 1970, UTC) and booleans (0, 1); NaN where `missing` is 1. */
export type NumericCells = { kind: 'numeric'; type: ColumnType; values: Float64Array; missing: Uint8Array };
/** Of categories and texts: `dictionary[codes[row]]` is the cell, codes are -1 where `missing` is 1; levels by first appearance. */
export type LevelCells = {
  kind: 'levels';
  type: ColumnType;
  codes: Int32Array;
  dictionary: string[];
  missing: Uint8Array;
};
export type Cells = NumericCells | LevelCells;

/** One whole column in memory. */
export function readColumn(file: TableFile, column: StoredColumn): Cells {
  return isNumeric(column.kind) ? readNumeric(file, column) : readLevels(file, column);
}

function readNumeric(file: TableFile, column: StoredColumn): NumericCells {
  const values = new Float64Array(file.index.rows);
  const missing = new Uint8Array(file.index.rows);
  let first = 0;
  for (const block of column.blocks) {
    const cells = decodeNumbers(file.readBlock(block), block.rows);
    for (let row = 0; row < block.rows; row++) {
      const value = cells.values[row]!;
      const gone = !Number.isFinite(value);
      values[first + row] = gone ? Number.NaN : value;
      missing[first + row] = gone ? 1 : 0;
    }
    first += block.rows;
  }
  return { kind: 'numeric', type: column.type, values, missing };
}

function readLevels(file: TableFile, column: StoredColumn): LevelCells {
  const codes = new Int32Array(file.index.rows);
  const missing = new Uint8Array(file.index.rows);
  let row = 0;
  if (column.kind === 'dictionary') {
    for (const block of column.blocks) {
      codes.set(decodeCodes(file.readBlock(block), block.rows).codes, row);
      row += block.rows;
    }
    for (row = 0; row < codes.length; row++) missing[row] = codes[row]! < 0 ? 1 : 0;
    return { kind: 'levels', type: column.type, codes, dictionary: [...column.dictionary], missing };
  }
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  for (const cell of eachText(file, column)) {
    let code = cell === null ? -1 : codeOf.get(cell);
    if (code === undefined) {
      code = dictionary.length;
      codeOf.set(cell!, code);
      dictionary.push(cell!);
    }
    codes[row] = code;
    missing[row++] = cell === null ? 1 : 0;
  }
  return { kind: 'levels', type: column.type, codes, dictionary, missing };
}

/** The cells of a column as text, in order; null where missing. Numbers read as they print. */
export function* eachText(file: TableFile, column: StoredColumn): Generator<string | null> {
  for (const block of column.blocks) {
    const bytes = file.readBlock(block);
    if (column.kind === 'dictionary') {
      const { codes } = decodeCodes(bytes, block.rows);
      for (let row = 0; row < block.rows; row++) yield codes[row]! < 0 ? null : column.dictionary[codes[row]!]!;
    } else if (column.kind === 'text') {
      const { bitmap, text } = decodeTexts(bytes, block.rows);
      for (let row = 0; row < block.rows; row++) yield isMissing(bitmap, row) ? null : text(row);
    } else {
      const { bitmap, values } = decodeNumbers(bytes, block.rows);
      for (let row = 0; row < block.rows; row++) yield isMissing(bitmap, row) ? null : String(values[row]);
    }
  }
}

/** One cell as text; null where missing. */
export function readCell(file: TableFile, column: StoredColumn, row: number): string | null {
  let first = 0;
  for (const block of column.blocks) {
    if (row < first + block.rows) {
      let at = first;
      for (const cell of eachText(file, { ...column, blocks: [block] })) if (at++ === row) return cell;
    }
    first += block.rows;
  }
  return null;
}
