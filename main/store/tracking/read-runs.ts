import type { RunStatus } from '../../../shared/model/run.ts';
import { getOrAdd } from '../get-or-add.ts';
import { latestValue } from '../metrics/latest.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** Latest value of a metric; step and time are bigint only beyond 2^53. */
export type TrackedMetric = { key: string; value: number; time: number | bigint; step: number | bigint };
type Pair = { key: string; value: string };

/** A run as a client of the MLflow protocol sees it. `pk` is `run.id`, `study` is `study.id`; times in ms. */
export type TrackedRun = {
  pk: number;
  id: string;
  name: string;
  study: number;
  user: string | null;
  status: RunStatus;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  note: string;
  deleted: boolean;
  metrics: TrackedMetric[];
  params: Pair[];
  tags: Pair[];
};

type RunRow = {
  pk: number;
  id: string;
  name: string;
  study: number;
  user: string | null;
  status: RunStatus;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  note: string;
  binned_at: number | null;
};

/** Runs of these `run.id`, in their order; five queries, however many runs. */
export function readTrackedRuns(db: ReadableDb, runs: number[]): TrackedRun[] {
  const ids = JSON.stringify(runs);
  const rows = statement(
    db,
    `SELECT r.id AS pk, r.uid AS id, r.name, r.study_id AS study, r.user_name AS user, r.status, r.created_at, r.started_at,
      r.ended_at, r.note, r.binned_at
    FROM json_each(?) wanted JOIN run r ON r.id = wanted.value ORDER BY wanted.key`,
  ).all(ids) as RunRow[];
  const metrics = readMetrics(db, ids);
  const params = readPairs(db, 'param', ids);
  const tags = readPairs(db, 'tag', ids);
  return rows.map((row) => ({
    pk: row.pk,
    id: row.id,
    name: row.name,
    study: row.study,
    user: row.user,
    status: row.status,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    note: row.note,
    deleted: row.binned_at !== null,
    metrics: metrics.get(row.pk) ?? [],
    params: params.get(row.pk) ?? [],
    tags: tags.get(row.pk) ?? [],
  }));
}

function readPairs(db: ReadableDb, table: 'param' | 'tag', ids: string): Map<number, Pair[]> {
  const byRun = new Map<number, Pair[]>();
  const rows = statement(
    db,
    `SELECT t.run_id, t.key, t.value FROM json_each(?) wanted JOIN ${table} t ON t.run_id = wanted.value ORDER BY t.run_id, t.key`,
  ).all(ids) as (Pair & { run_id: number })[];
  for (const { run_id, key, value } of rows) getOrAdd(byRun, run_id, (): Pair[] => []).push({ key, value });
  return byRun;
}

/** SQLite's integers come as doubles unless they would not be exact. */
export const exactInteger = (column: string): string =>
  `iif(${column} BETWEEN -9007199254740991 AND 9007199254740991, ${column}, CAST(${column} AS TEXT))`;

export const toInteger = (value: number | string): number | bigint =>
  typeof value === 'string' ? BigInt(value) : value;

/** The latest value of every series, and the value of every estimate as a point at step 0 of the time the run ended. */
function readMetrics(db: ReadableDb, ids: string): Map<number, TrackedMetric[]> {
  const byRun = new Map<number, TrackedMetric[]>();
  const rows = statement(
    db,
    `SELECT l.run_id, l.key, l.last, l.kind, ${exactInteger('l.step')} AS step, ${exactInteger('l.time')} AS time
    FROM json_each(?) wanted JOIN latest l ON l.run_id = wanted.value
    UNION ALL
    SELECT e.run_id, e.key, e.value, 0, 0, coalesce(r.ended_at, r.created_at)
    FROM json_each(?) wanted JOIN estimate e ON e.run_id = wanted.value JOIN run r ON r.id = e.run_id
    WHERE e.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM latest WHERE run_id = e.run_id AND key = e.key)
    ORDER BY 1, 2`,
  ).all(ids, ids) as {
    run_id: number;
    key: string;
    last: number | null;
    kind: number;
    step: number | string;
    time: number | string;
  }[];
  for (const row of rows) {
    getOrAdd(byRun, row.run_id, (): TrackedMetric[] => []).push({
      key: row.key,
      value: latestValue(row),
      step: toInteger(row.step),
      time: toInteger(row.time),
    });
  }
  return byRun;
}

/** The run with this id, deleted or not; null when there is none. */
export function findTrackedRun(db: ReadableDb, uid: string): TrackedRun | null {
  const row = statement(db, 'SELECT id FROM run WHERE uid = ?').get(uid) as { id: number } | undefined;
  return row === undefined ? null : readTrackedRuns(db, [row.id])[0]!;
}
