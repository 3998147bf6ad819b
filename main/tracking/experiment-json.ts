import type { Experiment } from '../store/tracking/experiments.ts';
import { experimentLocation } from './locations.ts';

/** An experiment as the protocol has it. */
export function experimentJson(experiment: Experiment): Record<string, unknown> {
  return {
    experiment_id: String(experiment.id),
    name: experiment.name,
    artifact_location: experimentLocation(experiment.id),
    lifecycle_stage: experiment.deleted ? 'deleted' : 'active',
    creation_time: experiment.createdAt,
    last_update_time: experiment.changedAt,
    tags: experiment.tags,
  };
}
