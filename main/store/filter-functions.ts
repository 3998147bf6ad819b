import { readNumber } from '../../shared/query/read-number.ts';
import type { ReadableDb } from './open.ts';

const known = new WeakSet<ReadableDb>();

/**
 * Gives a connection the two functions that compiled filters call, so that SQL agrees with shared/query to the letter:
 * `wardbook_number(text)` (a number or NULL) and `wardbook_lower(text)` (SQLite's own lower() knows ASCII only).
 */
export function addFilterFunctions(db: ReadableDb): void {
  if (known.has(db)) return;
  known.add(db);
  const options = { deterministic: true, directOnly: true };
  db.function('wardbook_number', options, (value: unknown) => (typeof value === 'string' ? readNumber(value) : null));
  db.function('wardbook_lower', options, (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : null));
}
