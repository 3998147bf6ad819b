import type { ReadableDb } from '../open.ts';
import { pythonMax } from './python-max.ts';

/** What MLflow's SQL store keeps of a run in its own row. */
export type MlflowRow = {
  id: string;
  name: string;
  user: string;
  status: string | null;
  startedAt: number | null;
  endedAt: number | null;
  deleted: boolean;
  artifactUri: string;
  experiment: { id: string; name: string; deleted: boolean };
  parent: string | null;
};

/** A bigint where a double would not be exact. */
export type MlflowPoint = { key: string; value: number; time: number | bigint; step: number | bigint };

/** Whether a database has the tables of MLflow. */
export const isMlflow = (db: ReadableDb): boolean =>
  ['experiments', 'runs', 'metrics'].every((name) => hasTable(db, name));

/** Schema revision as Alembic names it; null when nobody wrote one. */
export function mlflowRevision(db: ReadableDb): string | null {
  if (!hasTable(db, 'alembic_version')) return null;
  return (db.prepare('SELECT version_num FROM alembic_version').pluck().get() as string | undefined) ?? null;
}

/** Every run, deleted ones too. Columns that a version does not have yet are asked for before they are read. */
export function mlflowRuns(db: ReadableDb): MlflowRow[] {
  const has = columnsOf(db, 'runs');
  const column = (name: string): string => (has.has(name) ? `r.${name}` : 'NULL');
  const rows = db
    .prepare(
      `SELECT r.run_uuid AS id, ${column('name')} AS name, ${column('user_id')} AS user, r.status, r.start_time AS startedAt,
        r.end_time AS endedAt, r.lifecycle_stage AS stage, ${column('artifact_uri')} AS artifactUri,
        CAST(e.experiment_id AS TEXT) AS experimentId, e.name AS experimentName, e.lifecycle_stage AS experimentStage,
        (SELECT value FROM tags t WHERE t.run_uuid = r.run_uuid AND t.key = 'mlflow.parentRunId') AS parent
      FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id ORDER BY r.start_time, r.run_uuid`,
    )
    .all() as Record<string, string | number | null>[];
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row['name'] ?? ''),
    user: String(row['user'] ?? ''),
    status: row['status'] === null ? null : String(row['status']),
    startedAt: wholeOrNull(row['startedAt']),
    endedAt: wholeOrNull(row['endedAt']),
    deleted: row['stage'] === 'deleted',
    artifactUri: String(row['artifactUri'] ?? ''),
    experiment: {
      id: String(row['experimentId']),
      name: String(row['experimentName']),
      deleted: row['experimentStage'] === 'deleted',
    },
    parent: row['parent'] == null ? null : String(row['parent']),
  }));
}

/** Key and value of a table of texts (`params`, `tags`, `experiment_tags`) for one owner. */
export function mlflowTexts(
  db: ReadableDb,
  table: 'params' | 'tags' | 'experiment_tags',
  owner: string,
): Record<string, string> {
  if (!hasTable(db, table)) return {};
  const by = table === 'experiment_tags' ? 'CAST(experiment_id AS TEXT)' : 'run_uuid';
  const rows = db.prepare(`SELECT key, value FROM ${table} WHERE ${by} = ?`).all(owner) as {
    key: string;
    value: unknown;
  }[];
  return Object.fromEntries(rows.map(({ key, value }) => [key, String(value ?? '')]));
}

/**
 * Every point of a run, by key in the order MLflow gives them (time, step, value). Infinities are stored as the largest double
 * and NaN as a flag there. Points without a value, which no version writes, are counted.
 */
export function mlflowPoints(db: ReadableDb, run: string): { points: MlflowPoint[]; empty: number } {
  const has = columnsOf(db, 'metrics');
  const nan = has.has('is_nan') ? 'is_nan' : '0';
  const step = has.has('step') ? 'step' : '0';
  const rows = db
    .prepare(
      `SELECT key, value, timestamp AS time, ${step} AS step, ${nan} AS nan FROM metrics WHERE run_uuid = ?
      ORDER BY key, timestamp, ${step}, value`,
    )
    .safeIntegers(true)
    .raw(true)
    .all(run) as [string, number | bigint | null, bigint, bigint, bigint | null][];
  const points = rows
    .filter(([, value]) => value !== null)
    .map(([key, value, time, at, isNan]) => ({
      key,
      value: isNan === 1n ? Number.NaN : pythonMax(Number(value)),
      time: exactOrBigint(time),
      step: exactOrBigint(at),
    }));
  return { points, empty: rows.length - points.length };
}

/** A number where that is exact. */
export const exactOrBigint = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** What tells whether a run has changed: its end, its state, and how many params, tags and points it has and the newest of these. */
export function mlflowStamp(db: ReadableDb, run: string): string {
  const row = db
    .prepare(
      `SELECT (SELECT status || '/' || lifecycle_stage || '/' || coalesce(end_time, '') FROM runs WHERE run_uuid = :run),
        (SELECT count(*) || '/' || coalesce(max(timestamp), 0) FROM metrics WHERE run_uuid = :run),
        (SELECT count(*) FROM params WHERE run_uuid = :run),
        (SELECT group_concat(key || '=' || value, char(1)) FROM (SELECT key, value FROM tags WHERE run_uuid = :run ORDER BY key))`,
    )
    .raw(true)
    .get({ run }) as unknown[];
  return row.map(String).join(' ');
}

/** Datasets that went into a run, as the columns of their table, with the tags of their use. */
export function mlflowInputs(
  db: ReadableDb,
  run: string,
): { dataset: Record<string, unknown>; tags: Record<string, string> }[] {
  if (!hasTable(db, 'inputs') || !hasTable(db, 'datasets')) return [];
  const rows = db
    .prepare("SELECT input_uuid, source_id FROM inputs WHERE destination_id = ? AND source_type = 'DATASET'")
    .all(run) as { input_uuid: string; source_id: string }[];
  const tags = db.prepare('SELECT name, value FROM input_tags WHERE input_uuid = ?').raw(true);
  const dataset = db.prepare('SELECT * FROM datasets WHERE dataset_uuid = ?');
  return rows.flatMap(({ input_uuid, source_id }) => {
    const found = dataset.get(source_id) as Record<string, unknown> | undefined;
    return found === undefined
      ? []
      : [{ dataset: found, tags: Object.fromEntries(tags.all(input_uuid) as [string, string][]) }];
  });
}

export function hasTable(db: ReadableDb, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

export function columnsOf(db: ReadableDb, table: string): Set<string> {
  return new Set(
    (db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[]).map(({ name }) => name),
  );
}

function wholeOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
