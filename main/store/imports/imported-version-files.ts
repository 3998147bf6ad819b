import type { Artifact } from '../../../shared/model/run.ts';
import type { ReadableDb } from '../open.ts';
import { filesBelow, filesOfLoggedModel } from '../registry/files.ts';
import { runKey } from '../run-key.ts';
import { statement } from '../statement.ts';
import { findLoggedModel } from '../tracking/logged-models.ts';
import { findSource } from './find-source.ts';
import type { ImportedVersion } from './imported-model.ts';

type Found = { run: number | null; loggedModel: string | null; path: string; source: string; files: Artifact[] };

/**
 * What a version of another registry consists of here: files of its run, or of a logged model, that were imported before it. Its
 * source is written as an address of this vault; the foreign one is followed by nobody and is left out.
 */
export function filesOfVersion(db: ReadableDb, format: string, { run: key, place }: ImportedVersion): Found {
  const run = key === null ? null : (findSource(db, format, key)?.pk ?? null);
  if (place?.loggedModel != null) {
    const model = findLoggedModel(db, place.loggedModel);
    if (model !== null) {
      const made = model.run === null ? run : runKey(db, model.run);
      const source = joined(`models:/${model.id}`, place.path);
      return {
        run: made,
        loggedModel: model.id,
        path: place.path,
        source,
        files: filesOfLoggedModel(db, model.id, place.path),
      };
    }
  }
  if (run === null) return { run, loggedModel: null, path: '', source: '', files: [] };
  const source = `runs:/${statement(db, 'SELECT uid FROM run WHERE id = ?').pluck().get(run) as string}`;
  if (place === null || place.loggedModel !== null) return { run, loggedModel: null, path: '', source, files: [] };
  const { path } = place;
  return { run, loggedModel: null, path, source: joined(source, path), files: filesBelow(db, run, path) };
}

const joined = (root: string, path: string): string => (path === '' ? root : `${root}/${path}`);
