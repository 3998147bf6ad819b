import { randomUUID } from 'node:crypto';
import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { exactInteger, toInteger } from './read-runs.ts';

type Pair = { key: string; value: string };
export type LoggedModelStatus = 'pending' | 'ready' | 'failed';

/** A model that a run logged. `pk` is `logged_model.id`, `study` is `study.id`, `run` a uid; times in ms. */
export type LoggedModel = {
  pk: number;
  id: string;
  study: number;
  run: string | null;
  name: string;
  type: string | null;
  status: LoggedModelStatus;
  statusMessage: string | null;
  createdAt: number;
  changedAt: number;
  deleted: boolean;
  params: Pair[];
  tags: Pair[];
  metrics: ModelMetric[];
};

/** `run` is a uid; without a dataset both of its parts are empty. */
export type ModelMetric = {
  key: string;
  value: number;
  time: number | bigint;
  step: number | bigint;
  run: string;
  datasetName: string;
  datasetDigest: string;
};

export type NewLoggedModel = Pick<LoggedModel, 'study' | 'name' | 'type' | 'params' | 'tags'> & {
  /** `run.id` */
  run: number | null;
};

/** Call inside a transaction. Returns the model's uid, `m-` and 32 hex digits. */
export function createLoggedModel(db: WritableDb, input: NewLoggedModel): string {
  const uid = `m-${randomUUID().replaceAll('-', '')}`;
  const now = Date.now();
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO logged_model (uid, study_id, run_id, name, type, status, created_at, changed_at)
    VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)`,
  ).run(uid, input.study, input.run, input.name, input.type, now, now);
  const model = Number(lastInsertRowid);
  addModelParams(db, model, input.params);
  setModelTags(db, model, input.tags);
  recordChange(db, 'run', input.run);
  return uid;
}

/** The model of this uid, deleted or not; null when there is none. */
export function findLoggedModel(db: ReadableDb, uid: string): LoggedModel | null {
  const pk = statement(db, 'SELECT id FROM logged_model WHERE uid = ?').pluck().get(uid) as number | undefined;
  return pk === undefined ? null : readLoggedModels(db, [pk])[0]!;
}

/** Every model of these studies (`study.id`) but deleted ones, the oldest first. */
export function listLoggedModels(db: ReadableDb, studies: number[]): LoggedModel[] {
  const ids = statement(
    db,
    'SELECT id FROM logged_model WHERE study_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL ORDER BY id',
  )
    .pluck()
    .all(JSON.stringify(studies)) as number[];
  return readLoggedModels(db, ids);
}

/** Models of these `logged_model.id`, in their order. */
export function readLoggedModels(db: ReadableDb, models: number[]): LoggedModel[] {
  const ids = JSON.stringify(models);
  const rows = statement(
    db,
    `SELECT m.id AS pk, m.uid AS id, m.study_id AS study, r.uid AS run, m.name, m.type, m.status,
      m.status_message AS statusMessage, m.created_at AS createdAt, m.changed_at AS changedAt,
      m.deleted_at IS NOT NULL AS deleted
    FROM json_each(?) wanted JOIN logged_model m ON m.id = wanted.value LEFT JOIN run r ON r.id = m.run_id
    ORDER BY wanted.key`,
  ).all(ids) as (Omit<LoggedModel, 'params' | 'tags' | 'metrics' | 'deleted'> & { deleted: number })[];
  const params = statement(db, 'SELECT key, value FROM logged_model_param WHERE model_id = ? ORDER BY key');
  const tags = statement(db, 'SELECT key, value FROM logged_model_tag WHERE model_id = ? ORDER BY key');
  return rows.map((row) => ({
    ...row,
    deleted: row.deleted === 1,
    params: params.all(row.pk) as Pair[],
    tags: tags.all(row.pk) as Pair[],
    metrics: readModelMetrics(db, row.pk),
  }));
}

function readModelMetrics(db: ReadableDb, model: number): ModelMetric[] {
  const rows = statement(
    db,
    `SELECT m.key, m.kind, m.value, ${exactInteger('m.step')} AS step, ${exactInteger('m.time')} AS time, r.uid AS run,
      m.dataset_name AS datasetName, m.dataset_digest AS datasetDigest
    FROM logged_model_metric m JOIN run r ON r.id = m.run_id
    WHERE m.model_id = ? ORDER BY m.key, m.time, m.step, r.uid, m.kind, m.value`,
  ).all(model) as (Omit<ModelMetric, 'time' | 'step'> & {
    kind: number;
    time: number | string;
    step: number | string;
  })[];
  return rows.map(({ kind, value, time, step, ...rest }) => ({
    ...rest,
    value: kind === 0 ? value : nonFinite[kind]!,
    time: toInteger(time),
    step: toInteger(step),
  }));
}

/** By kind, as in `latest`. */
const nonFinite = [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Points of a run (`run.id`) that belong to a model; `model` is a uid. */
export type ModelPoint = Omit<ModelMetric, 'run'> & { model: string };

/**
 * Adds points to models. Call inside a transaction; an exact repeat is stored once. Returns the first uid that is no model, null
 * when all are.
 */
export function addModelPoints(db: WritableDb, run: number, points: ModelPoint[]): string | null {
  const find = statement(db, 'SELECT id FROM logged_model WHERE uid = ? AND deleted_at IS NULL').pluck();
  const insert = statement(
    db,
    `INSERT OR IGNORE INTO logged_model_metric
      (model_id, key, run_id, step, time, kind, value, dataset_name, dataset_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { model, key, value, time, step, datasetName, datasetDigest } of points) {
    const id = find.get(model);
    if (id === undefined) return model;
    const kind = Number.isFinite(value) ? 0 : nonFinite.findIndex((one) => Object.is(one, value));
    insert.run(id, key, run, step, time, kind, kind === 0 ? value : 0, datasetName, datasetDigest);
  }
  return null;
}

/** Call inside a transaction. A param keeps its first value; returns the key of one that was given another, null when none was. */
export function addModelParams(db: WritableDb, model: number, params: Pair[]): string | null {
  const insert = statement(db, 'INSERT OR IGNORE INTO logged_model_param (model_id, key, value) VALUES (?, ?, ?)');
  const stored = statement(db, 'SELECT value FROM logged_model_param WHERE model_id = ? AND key = ?').pluck();
  for (const { key, value } of params) {
    const { changes } = insert.run(model, key, value);
    if (changes === 0 && stored.get(model, key) !== value) return key;
  }
  return null;
}

/** Call inside a transaction. */
export function setModelTags(db: WritableDb, model: number, tags: Pair[]): void {
  const insert = statement(db, 'INSERT OR REPLACE INTO logged_model_tag (model_id, key, value) VALUES (?, ?, ?)');
  for (const { key, value } of tags) insert.run(model, key, value);
}

/** Call inside a transaction. False when there is no such tag. */
export function deleteModelTag(db: WritableDb, model: number, key: string): boolean {
  return statement(db, 'DELETE FROM logged_model_tag WHERE model_id = ? AND key = ?').run(model, key).changes === 1;
}

/** Call inside a transaction. `message` says why it failed. */
export function finishLoggedModel(
  db: WritableDb,
  model: number,
  status: LoggedModelStatus,
  message: string | null,
): void {
  statement(db, 'UPDATE logged_model SET status = ?, status_message = ?, changed_at = ? WHERE id = ?').run(
    status,
    message,
    Date.now(),
    model,
  );
  changed(db, model);
}

/** Call inside a transaction. Its rows and files stay; no client sees them. */
export function deleteLoggedModel(db: WritableDb, model: number): void {
  const now = Date.now();
  statement(db, 'UPDATE logged_model SET deleted_at = ?, changed_at = ? WHERE id = ? AND deleted_at IS NULL').run(
    now,
    now,
    model,
  );
  changed(db, model);
}

/** Notes the change at the run that shows the model. */
function changed(db: WritableDb, model: number): void {
  const run = statement(db, 'SELECT run_id FROM logged_model WHERE id = ?').pluck().get(model) as number | null;
  recordChange(db, 'run', run);
}
