import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { FoundRun, Importer, Reading } from '../importer.ts';
import { keyOf } from '../mlflow/mlflow-run.ts';
import { foldersIn, stampOf, valuesIn } from './folder.ts';
import { loggedModelsOf } from './logged-models.ts';
import { readMeta, textOf } from './meta.ts';
import { type RunPlace, readRun } from './read-run.ts';
import { registeredIn } from './registered.ts';

/** Folders of an experiment that are no runs. */
const notRuns = new Set(['tags', 'datasets', 'traces', 'models', 'model_versions', 'evaluations', 'assessments']);
/** Folders of a store that are no experiments. */
const notExperiments = new Set(['models', '.trash', 'prompts']);

/**
 * MLflow's file store, of any version that wrote one. `path` is the `mlruns` folder, the folder around it, one experiment or one
 * run. Nothing is written there, and where its `meta.yaml` says its artifacts are (mostly another machine) counts last.
 */
export const mlrunsImporter: Importer = {
  async find(path, reading) {
    const skipped: SkippedSource[] = [];
    const { places, root } = placesAt(path, skipped);
    const children = new Map<FoundRun, string | null>();
    for (const place of places) {
      const found = await foundRun(place, path, reading);
      children.set(found, parentOf(place));
    }
    const runKeys = new Map(places.map(({ run, experiment }) => [run, keyOf(experiment.id, run)]));
    return {
      runs: parentsFirst(children),
      skipped,
      studies: studiesOf(places),
      loggedModels: await loggedModelsOf(places, path, root !== null, skipped, reading),
      models: root === null ? [] : registeredIn(root, skipped, (run) => runKeys.get(run) ?? run),
    };
  },
};

/** Tags of the experiments whose runs are imported. */
function studiesOf(places: readonly RunPlace[]): { name: string; tags: Record<string, string> }[] {
  const experiments = new Map(places.map(({ experiment }) => [experiment.folder, experiment.name]));
  return [...experiments].map(([folder, name]) => ({ name, tags: valuesIn(join(folder, 'tags')) }));
}

type Found = {
  places: RunPlace[];
  /** The whole store, or null when one experiment or run was chosen. */
  root: string | null;
};

/** Every run below a path. Throws FILE_NOT_FOUND or SOURCE_NOT_FOUND. */
function placesAt(path: string, skipped: SkippedSource[]): Found {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new AppError('FILE_NOT_FOUND', `There is nothing at ${path}.`, 'Check the path.');
  if (!stat.isDirectory()) throw notFound(path);
  const meta = readMeta(path);
  if ('meta' in meta && ('run_id' in meta.meta || 'run_uuid' in meta.meta)) {
    const place = placeOf(dirname(path), basename(path), experimentAt(dirname(path)), path, skipped);
    return { places: place === null ? [] : [place], root: null };
  }
  if ('meta' in meta && 'experiment_id' in meta.meta)
    return { places: runsOf(path, experimentAt(path), path, skipped), root: null };
  const root = existsSync(join(path, 'mlruns')) ? join(path, 'mlruns') : path;
  const live = foldersIn(root).filter((name) => !notExperiments.has(name));
  const all = [...live, ...foldersIn(join(root, '.trash')).map((name) => join('.trash', name))].map((name) =>
    join(root, name),
  );
  const experiments = all.filter((folder) => existsSync(join(folder, 'meta.yaml')) || hasRuns(folder));
  if (experiments.length === 0) throw notFound(path);
  return { places: experiments.flatMap((folder) => runsOf(folder, experimentAt(folder), path, skipped)), root };
}

type Experiment = RunPlace['experiment'];

/** An experiment whose own `meta.yaml` is gone still has its runs. */
function experimentAt(folder: string): Experiment & { problem: string | null } {
  const read = readMeta(folder);
  const trashed = basename(dirname(folder)) === '.trash';
  if ('problem' in read) {
    const id = basename(folder);
    return { id, name: `mlruns ${id}`, deleted: trashed, folder, problem: read.problem };
  }
  const { meta } = read;
  const id = textOf(meta['experiment_id']) ?? basename(folder);
  const deleted = trashed || meta['lifecycle_stage'] === 'deleted';
  return { id, name: textOf(meta['name'])?.trim().slice(0, 200) || `mlruns ${id}`, deleted, folder, problem: null };
}

function runsOf(
  folder: string,
  experiment: ReturnType<typeof experimentAt>,
  root: string,
  skipped: SkippedSource[],
): RunPlace[] {
  if (experiment.problem !== null)
    skipped.push({
      path: relative(root, folder) || '.',
      reason: `${experiment.problem}: its runs are in the study ${experiment.name}`,
    });
  return foldersIn(folder)
    .filter((name) => !notRuns.has(name) && !name.startsWith('.'))
    .map((name) => placeOf(folder, name, experiment, root, skipped))
    .filter((place) => place !== null);
}

function placeOf(
  folder: string,
  name: string,
  { id, name: study, deleted, folder: home }: Experiment,
  root: string,
  skipped: SkippedSource[],
): RunPlace | null {
  const place = join(folder, name);
  const read = readMeta(place);
  if ('problem' in read) {
    skipped.push({ path: relative(root, place) || '.', reason: read.problem });
    return null;
  }
  const written = read.meta['run_id'] ?? read.meta['run_uuid'];
  // An id of digits, with an e among them, is a number to YAML when nobody quoted it; the folder has its name.
  const run = typeof written === 'string' ? written : name;
  return { folder: place, run, meta: read.meta, experiment: { id, name: study, deleted, folder: home } };
}

const hasRuns = (folder: string): boolean =>
  foldersIn(folder).some((name) => !notRuns.has(name) && existsSync(join(folder, name, 'meta.yaml')));

async function foundRun(place: RunPlace, root: string, reading: Reading): Promise<FoundRun> {
  const { stamp, bytes } = await stampOf([place.folder], reading);
  const { experiment, meta, run } = place;
  const name = textOf(meta['run_name']) ?? textOf(meta['name']) ?? run;
  return {
    key: keyOf(experiment.id, run),
    stamp,
    study: experiment.name,
    name,
    path: relative(root, place.folder) || '.',
    bytes,
    read: (during) => readRun(place, during),
  };
}

function parentOf({ folder, experiment }: RunPlace): string | null {
  const file = join(folder, 'tags', 'mlflow.parentRunId');
  return existsSync(file) ? keyOf(experiment.id, readFileSync(file, 'utf8').trim()) : null;
}

/** Parents before children; runs that name one another in a circle stay in the order of their folders. */
export function parentsFirst(parents: ReadonlyMap<FoundRun, string | null>): FoundRun[] {
  const byKey = new Map([...parents.keys()].map((run) => [run.key, run]));
  const placed = new Set<FoundRun>();
  for (const run of parents.keys()) {
    const line: FoundRun[] = [];
    for (let next: FoundRun | undefined = run; next !== undefined && !placed.has(next) && !line.includes(next); ) {
      line.push(next);
      const parent: string | null = parents.get(next) ?? null;
      next = parent === null ? undefined : byKey.get(parent);
    }
    for (const one of line.reverse()) placed.add(one);
  }
  return [...placed];
}

const notFound = (path: string): AppError =>
  new AppError(
    'SOURCE_NOT_FOUND',
    `${path} holds no mlruns folder of MLflow: no experiment with a meta.yaml was found.`,
    'Choose the mlruns folder itself, or the folder it lies in.',
  );
