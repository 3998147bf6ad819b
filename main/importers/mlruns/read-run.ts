import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedFile, ImportedSeries } from '../../store/imports/imported-run.ts';
import type { Reading, ReadRun } from '../importer.ts';
import { datasetInput } from '../mlflow/dataset-input.ts';
import { isFolder, listArtifacts, locateArtifacts } from '../mlflow/list-artifacts.ts';
import { toImportedRun } from '../mlflow/mlflow-run.ts';
import { parseMetric } from '../mlflow/parse-metric.ts';
import { filesByKey, foldersIn, valuesIn } from './folder.ts';
import { type Meta, mostDatasetBytes, numberOf, plainMeta, readMeta, textOf } from './meta.ts';

/** Where a run lies and what its `meta.yaml` says. */
export type RunPlace = {
  folder: string;
  run: string;
  meta: Meta;
  experiment: { id: string; name: string; deleted: boolean; folder: string };
};

/** Everything of a run in a file store. */
export async function readRun({ folder, run, meta, experiment }: RunPlace, reading: Reading): Promise<ReadRun> {
  const skipped: SkippedSource[] = [];
  const series = await readSeries(join(folder, 'metrics'), run, skipped, reading);
  const inputs = foldersIn(join(folder, 'inputs')).map((id) => readInput(folder, experiment.folder, id));
  const outputs = foldersIn(join(folder, 'outputs')).map((id) => plainMeta(metaOr(join(folder, 'outputs', id))));
  const models = modelsOf(experiment.folder, run);
  const files = [
    ...artifactsOf(folder, textOf(meta['artifact_uri']) ?? '', run, skipped),
    ...models.flatMap(({ folder: place, id }) =>
      listArtifacts(join(place, 'artifacts'), `logged-models/${id}`, skipped),
    ),
  ];
  const imported = toImportedRun({
    id: run,
    experiment: { ...experiment, tags: valuesIn(join(experiment.folder, 'tags')) },
    name: textOf(meta['run_name']) ?? textOf(meta['name']) ?? '',
    user: textOf(meta['user_id']) ?? '',
    status: numberOf(meta['status']) ?? textOf(meta['status']),
    startedAt: numberOf(meta['start_time']),
    endedAt: numberOf(meta['end_time']),
    deleted: meta['lifecycle_stage'] === 'deleted',
    params: valuesIn(join(folder, 'params')),
    tags: valuesIn(join(folder, 'tags')),
    series,
    inputs,
    datasets: inputs.map(({ dataset, tags }) => datasetInput(dataset, tags)).filter((input) => input !== null),
    outputs,
    models: models.map(({ document }) => document),
    files,
  });
  return { run: imported, skipped };
}

async function readSeries(
  folder: string,
  run: string,
  skipped: SkippedSource[],
  reading: Reading,
): Promise<Map<string, ImportedSeries>> {
  const series = new Map<string, ImportedSeries>();
  for (const [key, file] of filesByKey(folder)) {
    if (key.length > 250) {
      skipped.push({ path: `${run}/metrics/${key.slice(0, 80)}…`, reason: 'its name has more than 250 characters' });
      continue;
    }
    const text = readFileSync(file, 'latin1');
    const { series: points, bad } = parseMetric(text);
    if (bad > 0) skipped.push({ path: `${run}/metrics/${key}`, reason: `${bad} lines are no points` });
    if (points.steps.length > 0) series.set(key, points);
    reading.progress(text.length);
    await reading.pause();
  }
  return series;
}

/** The run's own folder counts first: what its `meta.yaml` says is mostly the place on another machine. */
function artifactsOf(folder: string, uri: string, run: string, skipped: SkippedSource[]): ImportedFile[] {
  const own = join(folder, 'artifacts');
  const place = isFolder(own) ? own : locateArtifacts(join(folder, '..', '..'), uri, run);
  return place === null ? [] : listArtifacts(place, '', skipped);
}

/** A dataset, or a model, that went into the run: what is known of it, and the tags of its use. */
function readInput(folder: string, experiment: string, id: string): Record<string, unknown> {
  const input = metaOr(join(folder, 'inputs', id));
  const source = textOf(input['source_id']) ?? '';
  const dataset = /^[\w-]+$/.test(source) ? metaOr(join(experiment, 'datasets', source), mostDatasetBytes) : {};
  return plainMeta({ ...input, dataset }) as Record<string, unknown>;
}

/** Models that the run logged, with all that lies beside them. */
function modelsOf(experiment: string, run: string): { id: string; folder: string; document: unknown }[] {
  return foldersIn(join(experiment, 'models')).flatMap((id) => {
    const folder = join(experiment, 'models', id);
    const meta = metaOr(folder);
    if (textOf(meta['source_run_id']) !== run) return [];
    const metrics = [...filesByKey(join(folder, 'metrics'))].map(([key, file]) => ({
      key,
      points: readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    }));
    const { params, tags } = { params: valuesIn(join(folder, 'params')), tags: valuesIn(join(folder, 'tags')) };
    return [{ id, folder, document: plainMeta({ ...meta, params, tags, metrics }) }];
  });
}

function metaOr(folder: string, most?: number): Meta {
  const read = readMeta(folder, most);
  return 'meta' in read ? read.meta : {};
}
