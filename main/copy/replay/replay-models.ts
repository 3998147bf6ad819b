import type { RunDetail } from '../../../shared/model/run.ts';
import { findLoggedModel, type LoggedModel } from '../../store/tracking/logged-models.ts';
import { modelFile } from '../../store/tracking/model-file.ts';
import type { ReadableVault } from '../../store/vault.ts';
import { type Json, type MlflowApi, ServerError } from './mlflow-api.ts';
import { folderOf, sendFile } from './replay-artifacts.ts';
import { integerOnWire, numberOnWire } from './replay-metrics.ts';

/** Names the model of this vault there, so that a repeat finds it. */
const modelTag = 'wardbook.model';
/** As many as one request takes. */
const mostParams = 100;
const batchSize = 1_000;

/**
 * The models that a run logged, with params, tags, metrics and files. One that was brought before stays as it is there. Returns
 * how many files were sent.
 */
export async function replayModels(
  vault: ReadableVault,
  api: MlflowApi,
  { there, experiment, run }: { there: string; experiment: string; run: RunDetail },
  skipped: string[],
): Promise<number> {
  let sent = 0;
  for (const { id, files } of run.loggedModels) {
    const model = findLoggedModel(vault.db, id)!;
    const known = await findModel(api, experiment, id);
    if (known === 'unknown') {
      skipped.push(`${run.id}: ${run.loggedModels.length} logged models: the server keeps none (MLflow 3 does)`);
      return sent;
    }
    if (known) continue;
    const { model_id, artifact_uri } = await createModel(api, experiment, there, model);
    await api.post('runs/outputs', { run_id: there, models: [{ model_id, step: 0 }] });
    await logMetrics(api, there, String(model_id), model);
    const folder = folderOf(String(artifact_uri));
    if (folder === null && files.length > 0) {
      skipped.push(`${run.id}: ${files.length} files of the model ${model.name}: the server takes no files`);
    }
    for (const { path } of folder === null ? [] : files) {
      await sendFile(api, `${folder}/${path}`, modelFile(vault, id, path));
      sent += 1;
    }
    const status = { pending: null, ready: 'LOGGED_MODEL_READY', failed: 'LOGGED_MODEL_UPLOAD_FAILED' }[model.status];
    if (status !== null) await api.patch(`logged-models/${model_id}`, { model_id, status });
  }
  return sent;
}

/** `unknown`: the server has no such thing as a logged model. */
async function findModel(api: MlflowApi, experiment: string, id: string): Promise<boolean | 'unknown'> {
  try {
    const { models } = await api.post('logged-models/search', {
      experiment_ids: [experiment],
      filter: `tags.\`${modelTag}\` = '${id}'`,
      max_results: 1,
    });
    return ((models as Json[] | undefined) ?? []).length > 0;
  } catch (error) {
    // MLflow 2 answers an unknown path as any web server does.
    if (error instanceof ServerError && error.status === 404) return 'unknown';
    throw error;
  }
}

async function createModel(api: MlflowApi, experiment: string, run: string, model: LoggedModel): Promise<Json> {
  const { name, type, params, tags } = model;
  const made = await api.post('logged-models', {
    experiment_id: experiment,
    name,
    ...(type === null ? {} : { model_type: type }),
    source_run_id: run,
    params: params.slice(0, mostParams),
    tags: [...tags.filter(({ key }) => key !== modelTag), { key: modelTag, value: model.id }],
  });
  const info = (made['model'] as Json)['info'] as Json;
  for (let from = mostParams; from < params.length; from += mostParams) {
    await api.post(`logged-models/${info['model_id']}/params`, { params: params.slice(from, from + mostParams) });
  }
  return info;
}

async function logMetrics(api: MlflowApi, run: string, model: string, { metrics }: LoggedModel): Promise<void> {
  const points = metrics.map(({ key, value, time, step, datasetName, datasetDigest }) => ({
    key,
    value: numberOnWire(value),
    timestamp: integerOnWire(time),
    step: integerOnWire(step),
    model_id: model,
    ...(datasetName === '' ? {} : { dataset_name: datasetName, dataset_digest: datasetDigest }),
  }));
  for (let from = 0; from < points.length; from += batchSize) {
    await api.post('runs/log-batch', { run_id: run, metrics: points.slice(from, from + batchSize) });
  }
}
