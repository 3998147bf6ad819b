import { z } from 'zod';
import { runId } from '../model/run.ts';
import { call } from './call.ts';

/** Most that one call reads of an artifact. */
export const maxArtifactRange = 4 * 2 ** 20;

const named = z.strictObject({
  id: runId,
  /** The artifact's name as the run records it, not a place on a disk. */
  path: z.string().min(1).max(4_096),
});

/** A part of a file; `size` is that of the whole file. */
export type ArtifactRange = { bytes: Uint8Array; size: number };

export const artifactsContract = {
  /** Bytes from `from` on; fewer than asked for at the end of the file. ARTIFACT_NOT_FOUND. */
  'artifacts.read': call<ArtifactRange>()(
    'read',
    named.extend({ from: z.int().nonnegative(), length: z.int().min(1).max(maxArtifactRange) }),
  ),
};
