import type { SkippedSource } from '../../../shared/model/run-import.ts';
import {
  type MlflowPoint,
  type MlflowRow,
  mlflowInputs,
  mlflowModels,
  mlflowPoints,
  mlflowTexts,
} from '../../store/foreign/mlflow-db.ts';
import type { ImportedFile, ImportedSeries } from '../../store/imports/imported-run.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { Reading, ReadRun } from '../importer.ts';
import { datasetInput } from '../mlflow/dataset-input.ts';
import { listArtifacts, locateArtifacts } from '../mlflow/list-artifacts.ts';
import { toImportedRun } from '../mlflow/mlflow-run.ts';

/** Everything of a run in MLflow's database; `base` is the folder of the database, where its artifacts are looked for. */
export async function readDbRun(db: ReadableDb, row: MlflowRow, base: string, reading: Reading): Promise<ReadRun> {
  await reading.pause();
  const skipped: SkippedSource[] = [];
  const { points, inexact } = mlflowPoints(db, row.id);
  if (inexact > 0)
    skipped.push({ path: `${row.id}/metrics`, reason: `${inexact} points have a step or time beyond 2^53` });
  await reading.pause();
  const models = mlflowModels(db, row.id);
  const inputs = mlflowInputs(db, row.id);
  const imported = toImportedRun({
    ...row,
    experiment: { ...row.experiment, tags: mlflowTexts(db, 'experiment_tags', row.experiment.id) },
    params: mlflowTexts(db, 'params', row.id),
    tags: mlflowTexts(db, 'tags', row.id),
    series: seriesOf(points),
    ...inputs,
    datasets: inputs.inputs.map(({ dataset, tags }) => datasetInput(dataset, tags)).filter((input) => input !== null),
    models,
    files: artifactsOf(row, base, skipped),
  });
  return { run: imported, skipped };
}

function artifactsOf(row: MlflowRow, base: string, skipped: SkippedSource[]): ImportedFile[] {
  const place = locateArtifacts(base, row.artifactUri, row.id);
  return place === null ? [] : listArtifacts(place, '', skipped);
}

function seriesOf(points: readonly MlflowPoint[]): Map<string, ImportedSeries> {
  const series = new Map<string, ImportedSeries>();
  for (let from = 0; from < points.length; ) {
    const { key } = points[from]!;
    let to = from;
    while (to < points.length && points[to]!.key === key) to += 1;
    const own = points.slice(from, to);
    series.set(key, {
      steps: Float64Array.from(own, ({ step }) => step),
      values: Float64Array.from(own, ({ value }) => value),
      times: Float64Array.from(own, ({ time }) => time),
    });
    from = to;
  }
  return series;
}
