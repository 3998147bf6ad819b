import type { ReadableDb } from '../store/open.ts';
import { type ArtifactOwner, findArtifactOwner } from '../store/tracking/artifact-owner.ts';
import { refused } from './artifact-path.ts';
import { invalid, notFound } from './mlflow-error.ts';
import { Refusal } from './refusal.ts';

/** An owner's files, and the segments of a path among them: none for all of them. */
export type ArtifactPlace = { owner: ArtifactOwner; segments: string[] };

/**
 * What a path below `mlflow-artifacts:/` stands for: `<experiment>/<run>/artifacts/…` or
 * `<experiment>/models/<model>/artifacts/…`, as locations.ts gives them out. Throws RESOURCE_DOES_NOT_EXIST, Refusal `path` for
 * any other form, and Refusal `foreign-id` for a run or model of another experiment.
 */
export function artifactPlace(db: ReadableDb, path: string[]): ArtifactPlace {
  const [study, second, third] = path;
  const ofModel = second === 'models';
  const id = ofModel ? third : second;
  const rest = path.slice(ofModel ? 3 : 2);
  if (study === undefined || id === undefined || rest[0] !== 'artifacts') throw refused();
  const owner = ofModel ? modelOwner(db, id) : runOwner(db, id);
  if (String(owner.study) !== study) {
    throw new Refusal(
      'foreign-id',
      404,
      `The experiment ${study} has no such run or model.`,
      'RESOURCE_DOES_NOT_EXIST',
    );
  }
  return { owner, segments: rest.slice(1) };
}

/** Throws RESOURCE_DOES_NOT_EXIST. */
export function runOwner(db: ReadableDb, id: string): ArtifactOwner {
  const owner = findArtifactOwner(db, 'run', id);
  if (owner === null) throw notFound(`Run with id=${id} not found`);
  return owner;
}

/** Throws RESOURCE_DOES_NOT_EXIST, also for a deleted model. */
export function modelOwner(db: ReadableDb, id: string): ArtifactOwner {
  const owner = findArtifactOwner(db, 'model', id);
  if (owner === null || owner.deleted) throw notFound(`Logged model with ID '${id}' not found.`);
  return owner;
}

/** Throws INVALID_PARAMETER_VALUE when a client may not change these files. */
export function checkWritable(owner: ArtifactOwner): void {
  if (owner.deleted) throw invalid(`The run ${owner.uid} must be in the 'active' state. Current state is deleted.`);
  if (owner.ownWork) {
    throw invalid(`The run ${owner.uid} was made by Wardbook: its files can be read, and only Wardbook changes them.`);
  }
}
