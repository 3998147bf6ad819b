import type { ReadableDb } from '../store/open.ts';
import { type Experiment, findExperiment } from '../store/tracking/experiments.ts';
import { findTrackedRun, type TrackedRun } from '../store/tracking/read-runs.ts';
import { optionalText, requiredText } from './fields.ts';
import { invalid, notFound } from './mlflow-error.ts';
import type { Input } from './route.ts';

/** `study.id` from an experiment id; null for one that can be no study's. Throws INVALID_PARAMETER_VALUE by its form. */
export function studyIdOf(experimentId: string): number | null {
  if (!/^[a-zA-Z0-9][\w-]{0,63}$/.test(experimentId)) {
    throw invalid(`Invalid experiment ID: it has up to 64 letters, digits, hyphens and underscores.`);
  }
  return /^(0|[1-9]\d{0,14})$/.test(experimentId) ? Number(experimentId) : null;
}

/** The experiment that a request names. Throws RESOURCE_DOES_NOT_EXIST. */
export function experimentOf(db: ReadableDb, experimentId: string): Experiment {
  const id = studyIdOf(experimentId);
  const found = id === null ? null : findExperiment(db, id);
  if (found === null) throw notFound(`No Experiment with id=${experimentId} exists`);
  return found;
}

/** As `experimentOf`; throws INVALID_PARAMETER_VALUE for a deleted one. */
export function activeExperimentOf(db: ReadableDb, experimentId: string): Experiment {
  const found = experimentOf(db, experimentId);
  if (found.deleted) {
    throw invalid(`The experiment ${experimentId} must be in the 'active' state. Current state is deleted.`);
  }
  return found;
}

/** `run_id`, or `run_uuid` of older clients. Throws INVALID_PARAMETER_VALUE when absent or not of an id's form. */
export function runIdOf(input: Input): string {
  const given = optionalText(input, 'run_id');
  const id = given === undefined || given === '' ? optionalText(input, 'run_uuid') : given;
  if (id === undefined || id === '') return requiredText(input, 'run_id');
  if (!/^[a-zA-Z0-9][\w-]{0,255}$/.test(id)) {
    throw invalid('Invalid run ID: it has up to 256 letters, digits, hyphens and underscores.');
  }
  return id;
}

/** The run that a request names, deleted or not. Throws RESOURCE_DOES_NOT_EXIST. */
export function runOf(db: ReadableDb, id: string): TrackedRun {
  const found = findTrackedRun(db, id);
  if (found === null) throw notFound(`Run with id=${id} not found`);
  return found;
}
