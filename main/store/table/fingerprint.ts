import { createHash, type Hash } from 'node:crypto';
import type { CellKind, StoredColumn } from './layout.ts';

/** Length-prefixed, so that two texts never run into each other. */
function addText(hash: Hash, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  hash.update(length).update(bytes);
}

/** Hash of one column while it is written: its kind and name, then its blocks in order, then its dictionary. */
export function startColumnHash(kind: CellKind, name: string): Hash {
  const hash = createHash('sha256');
  addText(hash, kind);
  addText(hash, name);
  return hash;
}

export function endColumnHash(hash: Hash, dictionary: string[]): string {
  for (const level of dictionary) addText(hash, level);
  return hash.digest('hex');
}

/** The content fingerprint of a table (64 hex): column names and parsed cells in order, nothing of how the file spelled them. */
export function tableHash(rows: number, columns: Pick<StoredColumn, 'hash'>[]): string {
  const hash = createHash('sha256');
  addText(hash, `wardbook table 1, ${rows} rows`);
  for (const column of columns) addText(hash, column.hash);
  return hash.digest('hex');
}
