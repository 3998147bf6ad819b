import type { Estimate } from '../../../shared/model/estimate.ts';
import type { Registration, Stage } from '../../../shared/model/registration.ts';
import type { ModelVersion, SourceRun } from '../../../shared/model/registry.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import { readEstimates } from '../estimates.ts';
import { getOrAdd } from '../get-or-add.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { type Alias, readAliases } from './aliases.ts';
import { filesBelow, filesOfLoggedModel, stateOfFiles } from './files.ts';
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
  files: string;
  hash: string | null;
  created_at: number;
  updated_at: number;
};

const select = `SELECT v.id, v.model_id, m.name AS model, v.version, v.stage, v.run_id, v.logged_model, v.source, v.path,
  v.run_link, v.description, v.files, v.hash, v.created_at, v.updated_at
  FROM model_version v JOIN registered_model m ON m.id = v.model_id WHERE v.deleted_at IS NULL`;

/** Versions of a model, newest first. */
export function readVersionsOf(db: ReadableDb, model: number): ModelVersion[] {
  const rows = statement(db, `${select} AND v.model_id = ? ORDER BY v.version DESC`).all(model) as VersionRow[];
  const aliases = readAliases(db, model);
  return rows.map((row) => fromRow(db, row, aliases));
}

/** One version by `model_version.id`. */
export function readVersion(db: ReadableDb, id: number): ModelVersion {
  const row = statement(db, `${select} AND v.id = ?`).get(id) as VersionRow;
  return fromRow(db, row, readAliases(db, row.model_id));
}

/** Every version of every model, by model and number: what a client's search goes through. */
export function readAllVersions(db: ReadableDb): ModelVersion[] {
  const rows = statement(db, `${select} AND m.deleted_at IS NULL ORDER BY m.name, v.version`).all() as VersionRow[];
  const aliases = new Map<number, Alias[]>();
  return rows.map((row) =>
    fromRow(
      db,
      row,
      getOrAdd(aliases, row.model_id, () => readAliases(db, row.model_id)),
    ),
  );
}

function fromRow(db: ReadableDb, row: VersionRow, aliases: readonly Alias[]): ModelVersion {
  const files = JSON.parse(row.files) as Artifact[];
  const run = row.run_id === null ? null : readSource(db, row.run_id);
  const now = filesNow(db, row);
  return {
    model: row.model,
    version: row.version,
    stage: row.stage,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    run: run?.run ?? null,
    dataset: run?.dataset ?? null,
    source: row.source,
    path: row.path,
    loggedModel: row.logged_model,
    runLink: row.run_link,
    hash: row.hash,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    state: stateOfFiles(files, now),
    aliases: aliases.filter(({ version }) => version === row.version).map(({ alias }) => alias),
    tags: readModelTags(db, 'version', row.id),
    main: row.run_id === null ? null : mainEstimate(db, row.run_id, run?.run.task ?? null),
    moves: readMoves(db, row.id),
  };
}

/** What is recorded now about the files of a version: of its logged model, or of its run. */
function filesNow(db: ReadableDb, { run_id, logged_model, path }: VersionRow): Artifact[] {
  if (logged_model !== null) return filesOfLoggedModel(db, logged_model, path);
  return run_id === null ? [] : filesBelow(db, run_id, path);
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

function readSource(db: ReadableDb, run: number): { run: SourceRun; dataset: ModelVersion['dataset'] } {
  const row = statement(
    db,
    `SELECT r.uid AS id, r.name, s.name AS study, r.status, r.recipe, r.task, r.binned_at, d.name AS dataset,
      dv.version, dv.hash
    FROM run r JOIN study s ON s.id = r.study_id
    LEFT JOIN dataset_version dv ON dv.id = r.dataset_version_id
    LEFT JOIN dataset d ON d.id = dv.dataset_id WHERE r.id = ?`,
  ).get(run) as Omit<SourceRun, 'binned'> & {
    binned_at: number | null;
    dataset: string | null;
    version: number;
    hash: string;
  };
  const { binned_at, dataset, version, hash, ...own } = row;
  return {
    run: { ...own, binned: binned_at !== null },
    dataset: dataset === null ? null : { name: dataset, version, hash },
  };
}

/** The held-out estimate that a run of this task is known by. */
function mainEstimate(db: ReadableDb, run: number, task: string | null): { key: string; estimate: Estimate } | null {
  const estimates = readEstimates(db, JSON.stringify([run])).get(run) ?? {};
  const keys = task === 'regression' ? ['r2', 'rmse'] : ['auc', 'accuracy', 'r2'];
  for (const key of keys.flatMap((own) => [`test/${own}`, `oof/${own}`])) {
    const found = estimates[key];
    if (found !== undefined) return { key, estimate: found };
  }
  return null;
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
