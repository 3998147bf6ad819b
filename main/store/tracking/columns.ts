import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** One value of every run: a metric's latest, a param, a tag, or what the run itself has. Times in ms. */
export type ColumnName = { entity: 'metric' | 'param' | 'tag' | 'attribute'; key: string };
export type ColumnValue = number | string | undefined;
/** `run.id` of each run, and what is asked of every one. */
export type RunBase = { pk: number; id: string; study: number; deleted: boolean; started: number };

type Row = { run: number; value: number | string | null; kind?: number };

const attributes: Record<string, string> = {
  run_id: 'uid',
  run_name: 'name',
  user_id: 'user_name',
  status: `CASE status WHEN 'queued' THEN 'SCHEDULED' WHEN 'running' THEN 'RUNNING' WHEN 'finished' THEN 'FINISHED'
    WHEN 'stopped' THEN 'KILLED' ELSE 'FAILED' END`,
  start_time: 'coalesce(started_at, created_at)',
  end_time: 'ended_at',
  artifact_uri: `'mlflow-artifacts:/' || study_id || '/' || uid || '/artifacts'`,
  note: `nullif(note, '')`,
};
export const isAttribute = (key: string): boolean => Object.hasOwn(attributes, key);

/** Rows of a column; `only` as JSON array of `run.id`, null for all runs. */
export function readColumn(db: ReadableDb, { entity, key }: ColumnName, only: string | null): Map<number, ColumnValue> {
  const of = (run: string): string => (only === null ? '' : `AND ${run} IN (SELECT value FROM json_each(?))`);
  const more = only === null ? [] : [only];
  const values = new Map<number, ColumnValue>();
  const take = (query: string, bound: string[]): void => {
    for (const row of statement(db, query).iterate(...bound) as IterableIterator<Row>) {
      if (row.kind !== undefined && row.kind !== 0) values.set(row.run, nonFinite(row.kind));
      else if (row.value !== null) values.set(row.run, row.value);
    }
  };
  if (entity === 'attribute') take(`SELECT id AS run, ${attributes[key]!} AS value FROM run WHERE 1 ${of('id')}`, more);
  else if (entity === 'metric') {
    take(`SELECT run_id AS run, value FROM estimate WHERE key = ? ${of('run_id')}`, [key, ...more]);
    take(`SELECT run_id AS run, last AS value, kind FROM latest WHERE key = ? ${of('run_id')}`, [key, ...more]);
  } else take(`SELECT run_id AS run, value FROM ${entity} WHERE key = ? ${of('run_id')}`, [key, ...more]);
  return values;
}

const nonFinite = (kind: number): number => [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][kind]!;

/** What every search needs of runs; `only` as in `readColumn`. */
export function readRunBases(db: ReadableDb, only: string | null): RunBase[] {
  const rows = statement(
    db,
    `SELECT id AS pk, uid AS id, study_id AS study, binned_at IS NOT NULL AS deleted, coalesce(started_at, created_at) AS started
    FROM run ${only === null ? '' : 'WHERE id IN (SELECT value FROM json_each(?))'} ORDER BY id`,
  ).all(...(only === null ? [] : [only])) as (Omit<RunBase, 'deleted'> & { deleted: number })[];
  return rows.map((row) => ({ ...row, deleted: row.deleted === 1 }));
}

/** `run.id` of runs that changed after a revision; null when the feed does not reach back so far. */
export function changedRuns(db: ReadableDb, revision: number): number[] | null {
  const oldest = statement(db, 'SELECT min(revision) FROM change').pluck().get() as number | null;
  if ((oldest ?? 1) > revision + 1) return null;
  return statement(db, 'SELECT DISTINCT run_id FROM change WHERE revision > ? AND run_id IS NOT NULL')
    .pluck()
    .all(revision) as number[];
}
