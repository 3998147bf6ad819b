import type { ReadableDb, Statement } from './open.ts';

const cache = new WeakMap<ReadableDb, Map<string, Statement>>();

/** The prepared statement of this text on this connection, prepared once: for statements on a hot path. */
export function statement(db: ReadableDb, sql: string): Statement {
  const known = cache.get(db) ?? new Map<string, Statement>();
  cache.set(db, known);
  const prepared = known.get(sql) ?? db.prepare<unknown[]>(sql);
  known.set(sql, prepared);
  return prepared;
}
