import type { SkippedSource } from '../../../shared/model/run-import.ts';
import {
  type MlflowPoint,
  type MlflowRow,
  mlflowInputs,
  mlflowPoints,
  mlflowTexts,
} from '../../store/foreign/mlflow-db.ts';
import type { ImportedFile, ImportedRun, ImportedSeries } from '../../store/imports/imported-run.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { Reading, ReadRun } from '../importer.ts';
import { datasetInput } from '../mlflow/dataset-input.ts';
import { listArtifacts, locateArtifacts } from '../mlflow/list-artifacts.ts';
import { toImportedRun } from '../mlflow/mlflow-run.ts';
import { PointList } from '../series-builder.ts';

/** Everything of a run in MLflow's database; `base` is the folder of the database, where its artifacts are looked for. */
export async function readDbRun(db: ReadableDb, row: MlflowRow, base: string, reading: Reading): Promise<ReadRun> {
  await reading.pause();
  const skipped: SkippedSource[] = [];
  const { points, empty } = mlflowPoints(db, row.id);
  if (empty > 0) skipped.push({ path: `${row.id}/metrics`, reason: `${empty} points have no value` });
  await reading.pause();
  const imported = toImportedRun({
    ...row,
    params: mlflowTexts(db, 'params', row.id),
    tags: mlflowTexts(db, 'tags', row.id),
    ...seriesOf(points, row.id, skipped),
    inputs: mlflowInputs(db, row.id)
      .map(({ dataset, tags }) => datasetInput(dataset, tags))
      .filter((input) => input !== null),
    files: artifactsOf(row, base, skipped),
  });
  return { run: imported, skipped };
}

function artifactsOf(row: MlflowRow, base: string, skipped: SkippedSource[]): ImportedFile[] {
  const place = locateArtifacts(base, row.artifactUri, [row.id]);
  return place === null ? [] : listArtifacts(place, '', skipped);
}

/** Points come by key. */
function seriesOf(
  points: readonly MlflowPoint[],
  run: string,
  skipped: SkippedSource[],
): Pick<ImportedRun, 'series' | 'exact'> {
  const series = new Map<string, ImportedSeries>();
  const exact: ImportedRun['exact'] = [];
  for (let from = 0, to = 0; from < points.length; from = to) {
    const { key } = points[from]!;
    while (to < points.length && points[to]!.key === key) to += 1;
    if (key.length > 250) {
      skipped.push({ path: `${run}/metrics/${key.slice(0, 80)}…`, reason: 'its name has more than 250 characters' });
      continue;
    }
    const list = new PointList();
    for (const { step, value, time } of points.slice(from, to)) {
      if (typeof step === 'number' && typeof time === 'number') list.add(step, value, time);
      else exact.push({ key, value, step: BigInt(step), time: BigInt(time) });
    }
    if (list.count > 0) series.set(key, list.points());
  }
  return { series, exact };
}
