import type { LoggedModel, LoggedModelStatus } from '../store/tracking/logged-models.ts';
import { doubleJson, int64Json, present } from './json-out.ts';
import { modelLocation } from './locations.ts';

/** In the order of their numbers, which begin with 1. */
export const modelStatuses = ['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'] as const;

const statusJson: Record<LoggedModelStatus, (typeof modelStatuses)[number]> = {
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  failed: 'LOGGED_MODEL_UPLOAD_FAILED',
};

/** A status of the protocol as the store has it. */
export function statusOf(named: (typeof modelStatuses)[number]): LoggedModelStatus {
  return named === 'LOGGED_MODEL_PENDING' ? 'pending' : named === 'LOGGED_MODEL_READY' ? 'ready' : 'failed';
}

export function loggedModelJson(model: LoggedModel): Record<string, unknown> {
  return {
    info: present({
      model_id: model.id,
      experiment_id: String(model.study),
      name: model.name,
      creation_timestamp_ms: model.createdAt,
      last_updated_timestamp_ms: model.changedAt,
      artifact_uri: modelLocation(model.study, model.id),
      status: statusJson[model.status],
      model_type: model.type,
      source_run_id: model.run,
      status_message: model.statusMessage,
      tags: model.tags,
      registrations: [],
    }),
    data: {
      params: model.params,
      metrics: model.metrics.map(({ key, value, time, step, run, datasetName, datasetDigest }) =>
        present({
          key,
          value: doubleJson(value),
          timestamp: int64Json(time),
          step: int64Json(step),
          model_id: model.id,
          run_id: run,
          dataset_name: datasetName || undefined,
          dataset_digest: datasetDigest || undefined,
        }),
      ),
    },
  };
}
