import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** One value of every run: a metric's latest, a param, a tag, or what the run itself has. Times in ms. */
export type ColumnName = { entity: 'metric' | 'param' | 'tag' | 'attribute'; key: string };
export type ColumnValue = number | string | undefined;
/** `run.id` of each run, and what is asked of every one. */
export type RunBase = { pk: number; id: string; study: number; deleted: boolean; started: number };

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

/**
 * Gives the values of a column to `put`, by `run.id`; `only` as JSON array of `run.id`, null for all runs. Rows come as arrays, all
 * at once: with a hundred thousand of them objects one by one take half as long again.
 */
export function readColumn(
  db: ReadableDb,
  { entity, key }: ColumnName,
  only: string | null,
  put: (run: number, value: ColumnValue) => void,
): void {
  const of = (run: string): string => (only === null ? '' : `AND ${run} IN (SELECT value FROM json_each(?))`);
  const more = only === null ? [] : [only];
  const rows = (query: string, bound: string[]) =>
    statement(db, query)
      .raw()
      .all(...bound) as [run: number, value: number | string][];
  const take = (query: string, bound: string[]): void => {
    for (const [run, value] of rows(query, bound)) put(run, value);
  };
  if (entity === 'attribute') {
    const value = attributes[key]!;
    take(`SELECT id, ${value} FROM run WHERE ${value} IS NOT NULL ${of('id')}`, more);
  } else if (entity === 'metric') {
    take(`SELECT run_id, value FROM estimate WHERE key = ? AND value IS NOT NULL ${of('run_id')}`, [key, ...more]);
    const latest = `SELECT run_id, iif(kind = 0, last, 'kind ' || kind) FROM latest WHERE key = ? ${of('run_id')}`;
    for (const [run, value] of rows(latest, [key, ...more])) {
      put(run, typeof value === 'number' ? value : nonFinite(Number(value.slice(5))));
    }
  } else take(`SELECT run_id, value FROM ${entity} WHERE key = ? ${of('run_id')}`, [key, ...more]);
}

const nonFinite = (kind: number): number => [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][kind]!;

/** What every search needs of runs; `only` as in `readColumn`. */
export function readRunBases(db: ReadableDb, only: string | null): RunBase[] {
  const rows = statement(
    db,
    `SELECT id, uid, study_id, binned_at IS NOT NULL, coalesce(started_at, created_at)
    FROM run ${only === null ? '' : 'WHERE id IN (SELECT value FROM json_each(?))'} ORDER BY id`,
  )
    .raw()
    .all(...(only === null ? [] : [only])) as [
    pk: number,
    id: string,
    study: number,
    deleted: number,
    started: number,
  ][];
  return rows.map(([pk, id, study, deleted, started]) => ({ pk, id, study, deleted: deleted === 1, started }));
}

/** `run.id` of runs that changed after a revision; null when the feed does not reach back so far. */
export function changedRuns(db: ReadableDb, revision: number): number[] | null {
  const oldest = statement(db, 'SELECT min(revision) FROM change').pluck().get() as number | null;
  if ((oldest ?? 1) > revision + 1) return null;
  return statement(db, 'SELECT DISTINCT run_id FROM change WHERE revision > ? AND run_id IS NOT NULL')
    .pluck()
    .all(revision) as number[];
}
