import { type Bounds, binOfLevel, binOfNumber, type TreeColumn } from './bins.ts';

/** What turns raw rows into bins: the kind of each column and, for numbers, its bounds (empty for levels). */
export type BinTable = { columns: TreeColumn[]; bounds: Bounds[] };

/** Bins of raw rows (row-major rows × columns, NaN where missing), row-major. */
export function binRows({ columns, bounds }: BinTable, x: Float64Array, rows: number): Uint8Array {
  const width = columns.length;
  const out = new Uint8Array(rows * width);
  for (let j = 0; j < width; j++) {
    const own = bounds[j]!;
    const levels = columns[j]!.kind === 'levels';
    for (let at = j; at < out.length; at += width) {
      out[at] = levels ? binOfLevel(x[at]!) : binOfNumber(own, 0, own.length, x[at]!);
    }
  }
  return out;
}

/** Number of bins of a column without the one for missing cells. */
export function binCount({ columns, bounds }: BinTable, j: number): number {
  const column = columns[j]!;
  return column.kind === 'levels' ? Math.min(column.levels, 255) : bounds[j]!.length + 1;
}
