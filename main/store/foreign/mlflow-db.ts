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

export type MlflowPoint = { key: string; value: number; time: number; step: number };

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
 * and NaN as a flag there. Points whose step or time is not exact in a double are counted, not returned.
 */
export function mlflowPoints(db: ReadableDb, run: string): { points: MlflowPoint[]; inexact: number } {
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
  const points: MlflowPoint[] = [];
  let inexact = 0;
  for (const [key, value, time, at, isNan] of rows) {
    const point = {
      key,
      value: isNan === 1n ? Number.NaN : pythonMax(Number(value)),
      time: Number(time),
      step: Number(at),
    };
    if (value === null || !Number.isSafeInteger(point.time) || !Number.isSafeInteger(point.step)) inexact += 1;
    else points.push(point);
  }
  return { points, inexact };
}

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

/** Datasets that went into a run with the tags of their use, and the models it took in and put out. */
export function mlflowInputs(db: ReadableDb, run: string): { inputs: Record<string, unknown>[]; outputs: unknown[] } {
  if (!hasTable(db, 'inputs')) return { inputs: [], outputs: [] };
  const rows = db.prepare('SELECT * FROM inputs WHERE destination_id = ? OR source_id = ?').all(run, run) as Record<
    string,
    unknown
  >[];
  const tags = db.prepare('SELECT name, value FROM input_tags WHERE input_uuid = ?');
  const dataset = db.prepare('SELECT * FROM datasets WHERE dataset_uuid = ?');
  const all = rows.map(
    (row): Record<string, unknown> => ({
      ...row,
      tags: Object.fromEntries(
        (tags.all(row['input_uuid']) as { name: string; value: string }[]).map((tag) => [tag.name, tag.value]),
      ),
      ...(row['source_type'] === 'DATASET' ? { dataset: dataset.get(row['source_id']) ?? null } : {}),
    }),
  );
  const isOutput = (row: Record<string, unknown>): boolean => row['source_type'] === 'RUN_OUTPUT';
  return { inputs: all.filter((row) => !isOutput(row)), outputs: all.filter(isOutput) };
}

/** Models that a run logged (3.x), with their params, tags and points. */
export function mlflowModels(db: ReadableDb, run: string): Record<string, unknown>[] {
  if (!hasTable(db, 'logged_models')) return [];
  const models = db.prepare('SELECT * FROM logged_models WHERE source_run_id = ?').all(run) as Record<
    string,
    unknown
  >[];
  const parts = ['params', 'tags', 'metrics'].filter((part) => hasTable(db, `logged_model_${part}`));
  return models.map((model) => ({
    ...model,
    ...Object.fromEntries(
      parts.map((part) => [
        part,
        db.prepare(`SELECT * FROM logged_model_${part} WHERE model_id = ?`).all(model['model_id']),
      ]),
    ),
  }));
}

/** Names of registered models. */
export function mlflowRegistered(db: ReadableDb): string[] {
  if (!hasTable(db, 'registered_models')) return [];
  return db.prepare('SELECT name FROM registered_models ORDER BY name').pluck().all() as string[];
}

function hasTable(db: ReadableDb, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

function columnsOf(db: ReadableDb, table: string): Set<string> {
  return new Set(
    (db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[]).map(({ name }) => name),
  );
}

function wholeOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
