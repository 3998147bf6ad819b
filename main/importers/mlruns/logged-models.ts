import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ModelMetric } from '../../store/tracking/logged-models.ts';
import type { FoundLoggedModel, Reading } from '../importer.ts';
import { loggedModelId } from '../mlflow/address.ts';
import { isFolder, listArtifacts, locateArtifacts } from '../mlflow/list-artifacts.ts';
import { type ModelUse, statusOfModel } from '../mlflow/logged-model.ts';
import { keyOf } from '../mlflow/mlflow-run.ts';
import { parseModelPoints } from '../mlflow/parse-metric.ts';
import { filesByKey, foldersIn, stampOf, valuesIn } from './folder.ts';
import { type Meta, numberOf, readMeta, textOf } from './meta.ts';
import type { RunPlace } from './read-run.ts';

/** Models that runs of these places logged, and where they were used. `all`: those without a run, or of a run that is gone, too. */
export async function loggedModelsOf(
  places: readonly RunPlace[],
  root: string,
  all: boolean,
  skipped: SkippedSource[],
  reading: Reading,
): Promise<FoundLoggedModel[]> {
  const uses = usesOf(places);
  const experiments = new Map(places.map(({ experiment }) => [experiment.folder, experiment]));
  const runs = new Set(places.map(({ run }) => run));
  const found: FoundLoggedModel[] = [];
  for (const experiment of experiments.values())
    for (const uid of foldersIn(join(experiment.folder, 'models'))) {
      await reading.pause();
      const folder = join(experiment.folder, 'models', uid);
      const read = readMeta(folder);
      const path = relative(root, folder);
      if ('problem' in read || !loggedModelId.test(uid)) {
        skipped.push({ path, reason: 'problem' in read ? read.problem : 'its name is no id of a model' });
        continue;
      }
      if (!all && !runs.has(textOf(read.meta['source_run_id']) ?? '')) continue;
      found.push(await describe({ uid, folder, path, meta: read.meta, experiment }, uses.get(uid) ?? [], reading));
    }
  return found;
}

type ModelPlace = { uid: string; folder: string; path: string; meta: Meta; experiment: RunPlace['experiment'] };

async function describe(place: ModelPlace, uses: ModelUse[], reading: Reading): Promise<FoundLoggedModel> {
  const { stamp } = await stampOf([place.folder], reading);
  const used = createHash('sha256').update(JSON.stringify(uses)).digest('hex').slice(0, 16);
  return { uid: place.uid, path: place.path, stamp: `${stamp} ${used}`, read: async () => readModel(place, uses) };
}

function readModel({ uid, folder, path, meta, experiment }: ModelPlace, uses: ModelUse[]) {
  const skipped: SkippedSource[] = [];
  const own = join(folder, 'artifacts');
  const root = join(experiment.folder, '..');
  const files = isFolder(own) ? own : locateArtifacts(root, textOf(meta['artifact_location']) ?? '', ['models', uid]);
  const run = textOf(meta['source_run_id']);
  const createdAt = numberOf(meta['creation_timestamp']) ?? Date.now();
  const model = {
    uid,
    study: experiment.name,
    run: run === null ? null : keyOf(experiment.id, run),
    name: textOf(meta['name']) ?? uid,
    type: textOf(meta['model_type']),
    status: statusOfModel(numberOf(meta['status'])),
    statusMessage: textOf(meta['status_message']),
    createdAt,
    changedAt: numberOf(meta['last_updated_timestamp']) ?? createdAt,
    deleted: meta['lifecycle_stage'] === 'deleted' || experiment.deleted,
    params: valuesIn(join(folder, 'params')),
    tags: valuesIn(join(folder, 'tags')),
    metrics: pointsIn(join(folder, 'metrics'), experiment.id, path, skipped),
    uses: uses.map((use) => ({ ...use, run: keyOf(use.experiment, use.run) })),
    files: files === null ? [] : listArtifacts(files, '', skipped),
  };
  return { model, skipped };
}

function pointsIn(folder: string, experiment: string, path: string, skipped: SkippedSource[]): ModelMetric[] {
  return [...filesByKey(folder)].flatMap(([key, file]) => {
    const { points, bad } = parseModelPoints(readFileSync(file, 'utf8'));
    if (bad > 0) skipped.push({ path: `${path}/metrics/${key}`, reason: `${bad} lines are no points` });
    return points.map((point) => ({ ...point, key, run: keyOf(experiment, point.run) }));
  });
}

/** Which runs read or made which models, from the folders `inputs` and `outputs` of the runs. */
function usesOf(places: readonly RunPlace[]): Map<string, ModelUse[]> {
  const uses = new Map<string, ModelUse[]>();
  for (const { folder, run, experiment } of places)
    for (const role of ['input', 'output'] as const)
      for (const id of foldersIn(join(folder, `${role}s`))) {
        const read = readMeta(join(folder, `${role}s`, id));
        if ('problem' in read || !/^(MODEL|RUN_OUTPUT)$/.test(textOf(read.meta['source_type']) ?? '')) continue;
        const model = textOf(read.meta['source_id']) ?? '';
        const step = numberOf(read.meta['step']) ?? 0;
        uses.set(model, [...(uses.get(model) ?? []), { experiment: experiment.id, run, role, step }]);
      }
  return uses;
}
