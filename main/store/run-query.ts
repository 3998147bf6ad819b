import type { Field } from '../../shared/query/ast.ts';
import { parseFilter } from '../../shared/query/parse.ts';
import { parseField } from '../../shared/query/parse-field.ts';
import { runFields } from './field-sql.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { filterSql } from './filter-sql.ts';
import { keyExists } from './key-exists.ts';
import type { ReadableDb } from './open.ts';
import { sortKeySql, sortTerms } from './sort-sql.ts';
import { joined, raw, type Sql, sql } from './sql.ts';

/** Which runs: outside or inside the bin, of one study or all, that satisfy a filter; in which order. */
export type RunQuery = {
  /** `study.id`, null for all. */
  study: number | null;
  bin: boolean;
  filter: string;
  sort: { key: string; descending: boolean } | null;
};

/**
 * `run.id` of every run that a query finds, in its order; equal ones and unsorted ones newest first. This is the evaluator
 * that a column cache may replace. Throws FILTER_INVALID.
 */
export function matchingRuns(db: ReadableDb, query: RunQuery): number[] {
  const filter = parseFilter(query.filter);
  const field: Field | null = query.sort === null ? null : parseField(query.sort.key);
  addFilterFunctions(db);
  const exists = keyExists(db);
  const where = joined(
    [scopeSql(query), ...(filter === null ? [] : [filterSql(filter, Date.now(), runFields(exists))])],
    'AND',
  );
  const { text, values } =
    field === null
      ? sql`SELECT r.id FROM run r WHERE ${where} ORDER BY r.created_at DESC, r.id DESC`
      : sql`WITH found AS MATERIALIZED (SELECT r.id, r.created_at, ${sortKeySql(field, exists)} AS sort_key FROM run r WHERE ${where})
          SELECT id FROM found ORDER BY ${sortTerms('sort_key', query.sort!.descending)}, created_at DESC, id DESC`;
  return db
    .prepare(text)
    .pluck()
    .all(...values) as number[];
}

/** The condition on run `r` that leaves the study and the bin. */
export function scopeSql({ study, bin }: Pick<RunQuery, 'study' | 'bin'>): Sql {
  const place = raw(bin ? 'r.binned_at IS NOT NULL' : 'r.binned_at IS NULL');
  return study === null ? place : sql`(r.study_id = ${study} AND ${place})`;
}

/** How many runs the study and the bin leave. */
export function countRuns(db: ReadableDb, query: Pick<RunQuery, 'study' | 'bin'>): number {
  const { text, values } = sql`SELECT count(*) FROM run r WHERE ${scopeSql(query)}`;
  return db
    .prepare(text)
    .pluck()
    .get(...values) as number;
}
