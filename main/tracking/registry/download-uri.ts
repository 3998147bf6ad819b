import type { ModelVersion } from '../../../shared/model/registry.ts';
import type { ReadableDb } from '../../store/open.ts';
import { findLoggedModel } from '../../store/tracking/logged-models.ts';
import { findTrackedRun } from '../../store/tracking/read-runs.ts';
import { modelLocation, runLocation } from '../locations.ts';

/** Where a client finds the files of a version at this server; its source, where they are no run's. */
export function downloadUri(db: ReadableDb, { run, path, loggedModel, source }: ModelVersion): string {
  const model = loggedModel === null ? null : findLoggedModel(db, loggedModel);
  if (model !== null) return below(modelLocation(model.study, model.id), path);
  const found = run === null || loggedModel !== null ? null : findTrackedRun(db, run.id);
  if (found === null) return source;
  return below(runLocation(found.study, found.id), path);
}

const below = (root: string, path: string): string => (path === '' ? root : `${root}/${path}`);
