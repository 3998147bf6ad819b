import { AppError } from '../../../shared/errors.ts';
import type { DatasetFit } from '../../../shared/model/run.ts';
import { trainSpec } from '../../../shared/model/train-spec.ts';
import { findVersion } from '../../store/datasets.ts';
import { readRecord } from '../../store/resume-run.ts';
import type { ReadableVault } from '../../store/vault.ts';
import { fitDataset } from './fit-dataset.ts';

type Asked = { run: string; dataset: { name: string; version: number | null } };

/** How a dataset fits the model of a run, before anything is done. RUN_NOT_FOUND, DATASET_NOT_FOUND, MODEL_NOT_FOUND. */
export function checkEvaluate(vault: ReadableVault, { run, dataset }: Asked): DatasetFit {
  const record = readRecord(vault.db, run);
  if (record.spec === null) throw new AppError('MODEL_NOT_FOUND', `The run ${run} keeps no model.`);
  const spec = trainSpec.parse(record.spec);
  const version = findVersion(vault.db, spec.dataset.name, spec.dataset.version);
  return fitDataset(vault.dir, { run, spec, version }, findVersion(vault.db, dataset.name, dataset.version)).fit;
}
