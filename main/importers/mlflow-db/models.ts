import { createHash } from 'node:crypto';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { type MlflowModel, mlflowModels } from '../../store/foreign/mlflow-models.ts';
import { mlflowRegistered } from '../../store/foreign/mlflow-registry.ts';
import type { ImportedLoggedModel, ImportedModel } from '../../store/imports/imported-model.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { FoundLoggedModel } from '../importer.ts';
import { loggedModelId } from '../mlflow/address.ts';
import { listArtifacts, locateArtifacts } from '../mlflow/list-artifacts.ts';
import { statusOfModel } from '../mlflow/logged-model.ts';
import { keyOf } from '../mlflow/mlflow-run.ts';
import { toImportedModel } from '../mlflow/registered.ts';

type KeyOfRun = (run: string) => string;

/** Models that runs logged; `base` is the folder of the database, where their files are looked for. */
export function loggedModelsIn(
  db: ReadableDb,
  base: string,
  keyOfRun: KeyOfRun,
  skipped: SkippedSource[],
): FoundLoggedModel[] {
  return mlflowModels(db).flatMap((model) => {
    const path = `models/${model.uid}`;
    if (!loggedModelId.test(model.uid)) {
      skipped.push({ path, reason: 'its name is no id of a model' });
      return [];
    }
    const stamp = createHash('sha256').update(JSON.stringify(model, withBigints)).digest('hex').slice(0, 32);
    return [{ uid: model.uid, path, stamp, read: async () => readModel(model, base, keyOfRun) }];
  });
}

const withBigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

function readModel(found: MlflowModel, base: string, keyOfRun: KeyOfRun) {
  const skipped: SkippedSource[] = [];
  const { experiment, location, metrics, uses, ...own } = found;
  const place = locateArtifacts(base, location, ['models', found.uid]);
  const model: ImportedLoggedModel = {
    ...own,
    study: experiment.name,
    run: own.run === null ? null : keyOfRun(own.run),
    status: statusOfModel(own.status),
    deleted: own.deleted || experiment.deleted,
    metrics: metrics.map((point) => ({ ...point, run: keyOfRun(point.run) })),
    uses: uses.map(({ experiment: of, run, ...use }) => ({ ...use, run: keyOf(of, run) })),
    files: place === null ? [] : listArtifacts(place, '', skipped),
  };
  return { model, skipped };
}

/** The model registry of a database. */
export const registeredIn = (db: ReadableDb, keyOfRun: KeyOfRun): ImportedModel[] =>
  mlflowRegistered(db).map(({ versions, ...model }) => toImportedModel(model, versions, keyOfRun));
