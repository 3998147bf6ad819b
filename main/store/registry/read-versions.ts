import type { Registration, Stage } from '../../../shared/model/registration.ts';
import type { ModelVersion } from '../../../shared/model/registry.ts';
import type { Artifact, RunStatus } from '../../../shared/model/run.ts';
import { getOrAdd } from '../get-or-add.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { readAliases } from './aliases.ts';
import { readMainEstimates } from './main-estimate.ts';
import { readModelTags } from './models.ts';
import { readMoves } from './moves.ts';

type VersionRow = {
  id: number;
  model_id: number;
  model: string;
  version: number;
  stage: Stage;
  run_id: number | null;
  logged_model: string | null;
  source: string;
  path: string;
  run_link: string;
  description: string;
  hash: string | null;
  created_at: number;
  updated_at: number;
  count: number;
  bytes: number;
  changed: 0 | 1;
  run: string | null;
  run_name: string;
  study: string;
  status: RunStatus;
  recipe: string | null;
  task: string | null;
  binned_at: number | null;
  dataset: string | null;
  dataset_version: number;
  dataset_hash: string;
};

/** Hash of a registered file `f` as it is recorded now: of the logged model, or of the run. */
const hashNow = `CASE WHEN v.logged_model IS NULL
  THEN (SELECT a.sha256 FROM artifact a WHERE a.run_id = v.run_id AND a.path = f.value ->> 'path')
  ELSE (SELECT a.sha256 FROM logged_model m JOIN logged_model_file a ON a.model_id = m.id
    WHERE m.uid = v.logged_model AND a.path = f.value ->> 'path') END`;

/** Versions of these `model_version.id`, in their order; those deleted are left out. Five queries, however many versions. */
export function readVersions(db: ReadableDb, ids: number[]): ModelVersion[] {
  const wanted = JSON.stringify(ids);
  const rows = statement(
    db,
    `SELECT v.id, v.model_id, m.name AS model, v.version, v.stage, v.run_id, v.logged_model, v.source, v.path, v.run_link,
      v.description, v.hash, v.created_at, v.updated_at,
      json_array_length(v.files) AS count,
      (SELECT coalesce(sum(f.value ->> 'bytes'), 0) FROM json_each(v.files) f) AS bytes,
      EXISTS (SELECT 1 FROM json_each(v.files) f WHERE f.value ->> 'sha256' IS NOT ${hashNow}) AS changed,
      r.uid AS run, r.name AS run_name, s.name AS study, r.status, r.recipe, r.task, r.binned_at,
      d.name AS dataset, dv.version AS dataset_version, dv.hash AS dataset_hash
    FROM json_each(?) wanted
    JOIN model_version v ON v.id = wanted.value
    JOIN registered_model m ON m.id = v.model_id
    LEFT JOIN run r ON r.id = v.run_id
    LEFT JOIN study s ON s.id = r.study_id
    LEFT JOIN dataset_version dv ON dv.id = r.dataset_version_id
    LEFT JOIN dataset d ON d.id = dv.dataset_id
    WHERE v.deleted_at IS NULL ORDER BY wanted.key`,
  ).all(wanted) as VersionRow[];
  const aliases = readAliases(db, [...new Set(rows.map((row) => row.model_id))]);
  const tags = readModelTags(db, 'version', ids);
  const moves = readMoves(db, ids);
  const main = readMainEstimates(
    db,
    rows.filter(({ run_id }) => run_id !== null).map(({ run_id, task }) => ({ run: run_id!, task })),
  );
  return rows.map((row) => ({
    model: row.model,
    version: row.version,
    stage: row.stage,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...sourceOf(row),
    source: row.source,
    path: row.path,
    loggedModel: row.logged_model,
    runLink: row.run_link,
    hash: row.hash,
    files: row.count,
    bytes: row.bytes,
    state: row.count === 0 ? 'no-files' : row.changed === 1 ? 'changed' : 'intact',
    aliases: (aliases.get(row.model_id) ?? [])
      .filter(({ version }) => version === row.version)
      .map(({ alias }) => alias),
    tags: tags.get(row.id) ?? {},
    main: (row.run_id === null ? undefined : main.get(row.run_id)) ?? null,
    moves: moves.get(row.id) ?? [],
  }));
}

function sourceOf(row: VersionRow): Pick<ModelVersion, 'run' | 'dataset'> {
  const { run: id, run_name: name, study, status, recipe, task, binned_at, dataset } = row;
  return {
    run: id === null ? null : { id, name, study, status, recipe, task, binned: binned_at !== null },
    dataset: dataset === null ? null : { name: dataset, version: row.dataset_version, hash: row.dataset_hash },
  };
}

/** One version by `model_version.id`. */
export const readVersion = (db: ReadableDb, id: number): ModelVersion => readVersions(db, [id])[0]!;

/** `model_version.id` of the versions of these models (`registered_model.id`), newest first. */
export function versionsOf(db: ReadableDb, models: number[]): Map<number, number[]> {
  const rows = statement(
    db,
    `SELECT model_id, id FROM model_version WHERE model_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
    ORDER BY model_id, version DESC`,
  ).all(JSON.stringify(models)) as { model_id: number; id: number }[];
  const byModel = new Map<number, number[]>();
  for (const { model_id, id } of rows) getOrAdd(byModel, model_id, (): number[] => []).push(id);
  return byModel;
}

/** The files of a version as they were registered, and whose they are. */
export function readVersionFiles(
  db: ReadableDb,
  id: number,
): { run: string | null; loggedModel: string | null; files: Artifact[] } {
  const row = statement(
    db,
    `SELECT r.uid AS run, v.logged_model AS loggedModel, v.files FROM model_version v LEFT JOIN run r ON r.id = v.run_id
    WHERE v.id = ?`,
  ).get(id) as { run: string | null; loggedModel: string | null; files: string };
  return { ...row, files: JSON.parse(row.files) as Artifact[] };
}

/** What runs are registered as, per `run.id`; `runs` is a JSON array of `run.id`. */
export function readRegistrations(db: ReadableDb, runs: string): Map<number, Registration[]> {
  const rows = statement(
    db,
    `SELECT v.run_id, m.name AS model, v.version, v.stage
    FROM model_version v JOIN registered_model m ON m.id = v.model_id
    WHERE v.run_id IN (SELECT value FROM json_each(?)) AND v.deleted_at IS NULL ORDER BY m.name, v.version`,
  ).all(runs) as (Registration & { run_id: number })[];
  const byRun = new Map<number, Registration[]>();
  for (const { run_id, ...own } of rows) getOrAdd(byRun, run_id, (): Registration[] => []).push(own);
  return byRun;
}
