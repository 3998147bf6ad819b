import type { ReadableDb } from '../open.ts';
import { columnsOf, exactOrBigint, hasTable } from './mlflow-db.ts';
import { pythonMax } from './python-max.ts';

type Texts = Record<string, string>;

/** A model that a run logged (3.x), as MLflow's tables have it. Times in ms. */
export type MlflowModel = {
  uid: string;
  experiment: { id: string; name: string; deleted: boolean };
  run: string | null;
  name: string;
  type: string | null;
  status: number;
  statusMessage: string | null;
  createdAt: number;
  changedAt: number;
  deleted: boolean;
  location: string;
  params: Texts;
  tags: Texts;
  metrics: {
    key: string;
    value: number;
    time: number | bigint;
    step: number | bigint;
    run: string;
    datasetName: string;
    datasetDigest: string;
  }[];
  /** Runs that read it or made it; `experiment` is that of the run. */
  uses: { experiment: string; run: string; role: 'input' | 'output'; step: number }[];
};

/** Every model of every run. */
export function mlflowModels(db: ReadableDb): MlflowModel[] {
  if (!hasTable(db, 'logged_models')) return [];
  const rows = db
    .prepare(
      `SELECT m.model_id AS uid, m.source_run_id AS run, m.name, m.model_type AS type, m.status,
        m.status_message AS statusMessage, m.creation_timestamp_ms AS createdAt, m.last_updated_timestamp_ms AS changedAt,
        m.lifecycle_stage = 'deleted' AS deleted, m.artifact_location AS location,
        CAST(e.experiment_id AS TEXT) AS experimentId, e.name AS experimentName,
        e.lifecycle_stage = 'deleted' AS experimentDeleted
      FROM logged_models m JOIN experiments e ON e.experiment_id = m.experiment_id
      ORDER BY m.creation_timestamp_ms, m.model_id`,
    )
    .all() as (Omit<MlflowModel, 'deleted'> & {
    deleted: number | null;
    experimentId: string;
    experimentName: string;
    experimentDeleted: number;
  })[];
  return rows.map(({ experimentId, experimentName, experimentDeleted, ...row }) => ({
    ...row,
    deleted: row.deleted === 1,
    experiment: { id: experimentId, name: experimentName, deleted: experimentDeleted === 1 },
    params: textsOf(db, 'logged_model_params', 'param', row.uid),
    tags: textsOf(db, 'logged_model_tags', 'tag', row.uid),
    metrics: metricsOf(db, row.uid),
    uses: usesOf(db, row.uid),
  }));
}

function textsOf(db: ReadableDb, table: string, column: 'param' | 'tag', model: string): Texts {
  if (!hasTable(db, table)) return {};
  const rows = db
    .prepare(`SELECT ${column}_key, ${column}_value FROM ${table} WHERE model_id = ? ORDER BY 1`)
    .raw(true);
  return Object.fromEntries(rows.all(model) as [string, string][]);
}

function metricsOf(db: ReadableDb, model: string): MlflowModel['metrics'] {
  if (!hasTable(db, 'logged_model_metrics')) return [];
  const rows = db
    .prepare(
      `SELECT metric_name, metric_value, metric_timestamp_ms, metric_step, run_id, coalesce(dataset_name, ''),
        coalesce(dataset_digest, '')
      FROM logged_model_metrics WHERE model_id = ? ORDER BY 1, 3, 4, 5`,
    )
    .safeIntegers(true)
    .raw(true)
    .all(model) as [string, number | bigint | null, bigint, bigint, string, string, string][];
  // NaN is no value of SQL.
  return rows.map(([key, value, time, step, run, datasetName, datasetDigest]) => ({
    key,
    value: value === null ? Number.NaN : pythonMax(Number(value)),
    time: exactOrBigint(time),
    step: exactOrBigint(step),
    run,
    datasetName,
    datasetDigest,
  }));
}

function usesOf(db: ReadableDb, model: string): MlflowModel['uses'] {
  if (!hasTable(db, 'inputs')) return [];
  const step = columnsOf(db, 'inputs').has('step') ? 'i.step' : '0';
  return db
    .prepare(
      `SELECT CAST(r.experiment_id AS TEXT) AS experiment, r.run_uuid AS run,
        CASE i.source_type WHEN 'RUN_INPUT' THEN 'input' ELSE 'output' END AS role, ${step} AS step
      FROM inputs i JOIN runs r ON r.run_uuid = i.source_id
      WHERE i.destination_id = ? AND i.source_type IN ('RUN_INPUT', 'RUN_OUTPUT') ORDER BY 2, 3`,
    )
    .all(model) as MlflowModel['uses'];
}
