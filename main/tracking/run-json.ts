import type { RunStatus } from '../../shared/model/run.ts';
import type { TrackedRun } from '../store/tracking/read-runs.ts';
import { doubleJson, int64Json, present } from './json-out.ts';
import { runLocation } from './locations.ts';

/** Our states as the protocol names them (CLI.md). */
export const statusJson: Record<RunStatus, string> = {
  queued: 'SCHEDULED',
  running: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  stopped: 'KILLED',
  crashed: 'FAILED',
};

/** In the order of their numbers on the wire. */
export const statusNames = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export const statusOf: Record<(typeof statusNames)[number], RunStatus> = {
  RUNNING: 'running',
  SCHEDULED: 'queued',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'stopped',
};
export const viewTypes = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;

/** Tags that are kept in columns of ours: the name, and the note. */
export const nameTag = 'mlflow.runName';
export const noteTag = 'mlflow.note.content';
export const parentTag = 'mlflow.parentRunId';

export function runInfoJson(run: TrackedRun): Record<string, unknown> {
  return present({
    run_id: run.id,
    run_uuid: run.id,
    run_name: run.name,
    experiment_id: String(run.study),
    user_id: run.user,
    status: statusJson[run.status],
    start_time: run.startedAt ?? run.createdAt,
    end_time: run.endedAt,
    artifact_uri: runLocation(run.study, run.id),
    lifecycle_stage: run.deleted ? 'deleted' : 'active',
  });
}

/** `more` are parts that other files of routes know: inputs and outputs. */
export function runJson(run: TrackedRun, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    info: runInfoJson(run),
    data: {
      metrics: run.metrics.map(({ key, value, time, step }) => ({
        key,
        value: doubleJson(value),
        timestamp: int64Json(time),
        step: int64Json(step),
      })),
      params: run.params,
      tags: [
        ...run.tags,
        { key: nameTag, value: run.name },
        ...(run.note === '' ? [] : [{ key: noteTag, value: run.note }]),
      ],
    },
    ...more,
  };
}
