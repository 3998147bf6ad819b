import type { KeyExists } from './field-sql.ts';
import type { ReadableDb } from './open.ts';
import { statement } from './statement.ts';

/** One step along the index of keys. */
export const keyExists =
  (db: ReadableDb): KeyExists =>
  (table, key) =>
    statement(db, `SELECT 1 FROM ${table} WHERE key = ? LIMIT 1`).get(key) !== undefined;
