import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../files.ts';

/**
 * The absolute path of `segments` below `root`, when every folder on the way is a real one: a symbolic link is never followed,
 * not even to a place inside. With `make` the folders are made (0700). Null when the path would leave, or when a file stands
 * where a folder is needed, or (without `make`) when a folder is missing.
 */
export function confine(root: string, segments: string[], make: boolean): string | null {
  if (make) makePrivateFolder(root);
  let at: string;
  try {
    at = realpathSync(root);
  } catch {
    return null;
  }
  for (const segment of segments.slice(0, -1)) {
    at = join(at, segment);
    let kind = lstatSync(at, { throwIfNoEntry: false });
    if (kind === undefined && make) {
      mkdirSync(at, { mode: 0o700 });
      kind = lstatSync(at);
    }
    if (kind === undefined || !kind.isDirectory()) return null;
  }
  return join(at, segments.at(-1)!);
}
