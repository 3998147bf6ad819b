import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedFile, ImportedRun, ImportedSeries } from '../../store/imports/imported-run.ts';
import type { DatasetInput } from '../../store/tracking/datasets.ts';
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
  const points = await readSeries(join(folder, 'metrics'), run, skipped, reading);
  const imported = toImportedRun({
    id: run,
    experiment,
    name: textOf(meta['run_name']) ?? textOf(meta['name']) ?? '',
    user: textOf(meta['user_id']) ?? '',
    status: numberOf(meta['status']) ?? textOf(meta['status']),
    startedAt: numberOf(meta['start_time']),
    endedAt: numberOf(meta['end_time']),
    deleted: meta['lifecycle_stage'] === 'deleted',
    params: valuesIn(join(folder, 'params')),
    tags: valuesIn(join(folder, 'tags')),
    ...points,
    inputs: foldersIn(join(folder, 'inputs'))
      .map((id) => readInput(folder, experiment.folder, id))
      .filter((input) => input !== null),
    files: artifactsOf(folder, textOf(meta['artifact_uri']) ?? '', run, skipped),
  });
  return { run: imported, skipped };
}

async function readSeries(
  folder: string,
  run: string,
  skipped: SkippedSource[],
  reading: Reading,
): Promise<Pick<ImportedRun, 'series' | 'exact'>> {
  const series = new Map<string, ImportedSeries>();
  const exact: ImportedRun['exact'] = [];
  for (const [key, file] of filesByKey(folder)) {
    if (key.length > 250) {
      skipped.push({ path: `${run}/metrics/${key.slice(0, 80)}…`, reason: 'its name has more than 250 characters' });
      continue;
    }
    const text = readFileSync(file, 'latin1');
    const { series: points, exact: beyond, bad } = parseMetric(text);
    if (bad > 0) skipped.push({ path: `${run}/metrics/${key}`, reason: `${bad} lines are no points` });
    if (points.steps.length > 0) series.set(key, points);
    for (const point of beyond) exact.push({ key, ...point });
    reading.progress(text.length);
    await reading.pause();
  }
  return { series, exact };
}

/** The run's own folder counts first: what its `meta.yaml` says is mostly the place on another machine. */
function artifactsOf(folder: string, uri: string, run: string, skipped: SkippedSource[]): ImportedFile[] {
  const own = join(folder, 'artifacts');
  const place = isFolder(own) ? own : locateArtifacts(join(folder, '..', '..'), uri, [run]);
  return place === null ? [] : listArtifacts(place, '', skipped);
}

/** A dataset that went into the run with the tags of its use; null for a model, or a dataset that is not there. */
function readInput(folder: string, experiment: string, id: string): DatasetInput | null {
  const input = metaOr(join(folder, 'inputs', id));
  const source = textOf(input['source_id']) ?? '';
  if (!/^[\w-]+$/.test(source)) return null;
  return datasetInput(plainMeta(metaOr(join(experiment, 'datasets', source), mostDatasetBytes)), input['tags']);
}

function metaOr(folder: string, most?: number): Meta {
  const read = readMeta(folder, most);
  return 'meta' in read ? read.meta : {};
}
