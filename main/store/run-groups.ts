import type { CallOutput } from '../../shared/contract/index.ts';
import { parseField } from '../../shared/query/parse-field.ts';
import { getOrAdd } from './get-or-add.ts';
import { keyExists } from './key-exists.ts';
import { latestValue } from './metrics/latest.ts';
import { type ReadableDb, snapshot } from './open.ts';
import { matchingRuns } from './run-query.ts';
import { sortKeySql } from './sort-sql.ts';
import { sql } from './sql.ts';
import { statement } from './statement.ts';
import { studyKey } from './studies.ts';

export type RunGroups = CallOutput<'runs.groups'>;
type Moments = { n: number; mean: number; squares: number };
type Group = { runs: number; metrics: Map<string, Moments> };

/**
 * The runs that satisfy a filter, grouped by the value of one field (missing: the empty text), largest group first; per group
 * and metric the mean and the sample standard deviation (n - 1; null for one run) over finite values. Throws FILTER_INVALID.
 */
export function groupRuns(db: ReadableDb, input: { study: string | null; filter: string; by: string }): RunGroups {
  const field = parseField(input.by);
  return snapshot(db, () => {
    const study = input.study === null ? null : studyKey(db, input.study);
    const ids = JSON.stringify(matchingRuns(db, { study, bin: false, filter: input.filter, sort: null }));
    const query = sql`SELECT r.id, ${sortKeySql(field, keyExists(db))} AS value FROM run r WHERE r.id IN (SELECT value FROM json_each(${ids}))`;
    const values = db.prepare(query.text).all(...query.values) as {
      id: number;
      value: number | string | Buffer | null;
    }[];
    const groups = new Map<string, Group>();
    const groupOf = new Map<number, Map<string, Moments>>();
    for (const { id, value } of values) {
      const name = value === null ? '' : Buffer.isBuffer(value) ? 'NaN' : String(value);
      const group = getOrAdd(groups, name, (): Group => ({ runs: 0, metrics: new Map() }));
      group.runs++;
      groupOf.set(id, group.metrics);
    }
    for (const { run_id, key, last, kind } of metricRows(db, ids))
      addValue(groupOf.get(run_id)!, key, latestValue({ last, kind }));
    return [...groups]
      .map(([group, { runs, metrics }]) => ({ group, runs, metrics: Object.fromEntries([...metrics].map(summary)) }))
      .sort((a, b) => b.runs - a.runs || (a.group < b.group ? -1 : 1));
  });
}

/** Latest values of series, and estimates in the place of a series of the same key. */
function metricRows(db: ReadableDb, ids: string) {
  return statement(
    db,
    `SELECT run_id, key, last, kind FROM latest l WHERE run_id IN (SELECT value FROM json_each(@ids))
      AND NOT EXISTS (SELECT 1 FROM estimate e WHERE e.run_id = l.run_id AND e.key = l.key AND e.value IS NOT NULL)
    UNION ALL
    SELECT run_id, key, value, 0 FROM estimate WHERE run_id IN (SELECT value FROM json_each(@ids)) AND value IS NOT NULL`,
  ).iterate({ ids }) as IterableIterator<{ run_id: number; key: string; last: number | null; kind: number }>;
}

/** Welford's update: no loss of digits when the values are close to each other. */
function addValue(metrics: Map<string, Moments>, key: string, value: number): void {
  if (!Number.isFinite(value)) return;
  const moments = getOrAdd(metrics, key, () => ({ n: 0, mean: 0, squares: 0 }));
  moments.n++;
  const difference = value - moments.mean;
  moments.mean += difference / moments.n;
  moments.squares += difference * (value - moments.mean);
}

const summary = ([key, { n, mean, squares }]: [string, Moments]) =>
  [key, { mean, sd: n < 2 ? null : Math.sqrt(squares / (n - 1)), n }] as const;
