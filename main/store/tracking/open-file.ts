import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ReadableDb } from '../open.ts';
import { type ArtifactOwner, artifactRoot, findOwnedFile } from './artifact-owner.ts';
import { confine } from './confine.ts';

/**
 * Opens a recorded file of an owner for reading; the caller closes it. Null when none is recorded under this path, or it is gone;
 * `refused` when a symbolic link, a folder or anything else that is no plain file stands there.
 */
export async function openOwnedFile(
  db: ReadableDb,
  dir: string,
  owner: ArtifactOwner,
  segments: string[],
): Promise<{ handle: FileHandle; bytes: number } | null | 'refused'> {
  if (segments.length === 0 || findOwnedFile(db, owner, segments.join('/')) === null) return null;
  const place = confine(artifactRoot(dir, owner), segments, false);
  if (place === null) return 'refused';
  let handle: FileHandle;
  try {
    // Never through a link, and without waiting for the other end of a pipe.
    handle = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'refused';
  }
  const facts = await handle.stat();
  if (facts.isFile()) return { handle, bytes: facts.size };
  await handle.close();
  return 'refused';
}
