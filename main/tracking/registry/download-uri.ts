import type { ModelVersion } from '../../../shared/model/registry.ts';
import type { ReadableDb } from '../../store/open.ts';
import { findTrackedRun } from '../../store/tracking/read-runs.ts';
import { runLocation } from '../locations.ts';

/** Where a client finds the files of a version at this server; its source, where they are no run's. */
export function downloadUri(db: ReadableDb, { run, path, loggedModel, source }: ModelVersion): string {
  const found = run === null || loggedModel !== null ? null : findTrackedRun(db, run.id);
  if (found === null) return source;
  const root = runLocation(found.study, found.id);
  return path === '' ? root : `${root}/${path}`;
}
