import { z } from 'zod';
import { columnType } from '../../../shared/model/dataset.ts';

/**
 * A table on disk: `table.bin` holds blocks of cells, `table.json` says where each column's blocks lie. A column is read
 * without touching the others. All numbers are little-endian; every block starts at a multiple of 8 bytes.
 *
 * Block of n rows: a bitmap of missing cells (bit r % 8 of byte ⌊r / 8⌋, padded to 8 bytes), then
 * - `number`: n float64 (missing: NaN; NaN and infinite cells of the file as they are, with their bit clear)
 * - `logical`: the same, 0 or 1
 * - `date`: the same, milliseconds since 1970-01-01 UTC
 * - `dictionary`: n int32 codes into the column's dictionary (missing: -1)
 * - `text`: n + 1 uint32 offsets, then UTF-8 bytes
 */
export const cellKind = z.enum(['number', 'logical', 'date', 'dictionary', 'text']);
export type CellKind = z.infer<typeof cellKind>;

const block = z.strictObject({ offset: z.int(), bytes: z.int(), rows: z.int() });
export type Block = z.infer<typeof block>;

export const storedColumn = z.strictObject({
  name: z.string(),
  kind: cellKind,
  type: columnType,
  blocks: z.array(block),
  /** Levels in order of first appearance; empty unless `dictionary`. */
  dictionary: z.array(z.string()),
  /** SHA-256 over kind, name, cells in order and dictionary. */
  hash: z.string(),
});
export type StoredColumn = z.infer<typeof storedColumn>;

export const storedTable = z.strictObject({
  layout: z.literal(1),
  rows: z.int(),
  columns: z.array(storedColumn),
  /** The content fingerprint: SHA-256 over the row count and the columns' hashes in order. */
  hash: z.string(),
});
export type StoredTable = z.infer<typeof storedTable>;

export const tableIndexFile = 'table.json';
export const tableDataFile = 'table.bin';
export const originalFile = 'original';

/** Bytes of the bitmap in front of a block of `rows`. */
export const bitmapBytes = (rows: number): number => Math.ceil(rows / 64) * 8;
export const isNumeric = (kind: CellKind): kind is 'number' | 'logical' | 'date' =>
  kind === 'number' || kind === 'logical' || kind === 'date';
