import type { Artifact } from '../../shared/model/run.ts';
import type { ReadableDb } from '../store/open.ts';
import { ownedFilesBelow } from '../store/tracking/artifact-owner.ts';
import type { ArtifactPlace } from './artifact-place.ts';

/** `file_size` is of files only; clients read `is_dir` of every entry. */
export type FileInfo = { path: string; is_dir: boolean; file_size?: number };

/** What is directly in a folder, by name; empty for a file and for what is not there. `pathOf` makes the path shown from a name. */
export function listFolder(
  db: ReadableDb,
  { owner, segments }: ArtifactPlace,
  pathOf: (name: string) => string,
): FileInfo[] {
  return entriesOf(ownedFilesBelow(db, owner, segments.join('/')), segments.length, pathOf);
}

/** As `listFolder`, with paths from the owner's root. */
export function listFromRoot(db: ReadableDb, place: ArtifactPlace): FileInfo[] {
  return listFolder(db, place, (name) => [...place.segments, name].join('/'));
}

function entriesOf(files: Artifact[], depth: number, pathOf: (name: string) => string): FileInfo[] {
  const entries = new Map<string, FileInfo>();
  for (const { path, bytes } of files) {
    const segments = path.split('/');
    const name = segments[depth]!;
    if (segments.length > depth + 1) entries.set(name, { path: pathOf(name), is_dir: true });
    else entries.set(name, { path: pathOf(name), is_dir: false, file_size: bytes });
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
