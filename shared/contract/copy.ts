import { z } from 'zod';
import { runId } from '../model/run.ts';
import { call } from './call.ts';

/** Runs one by one, or all of a study. */
const which = z.union([
  z.strictObject({ ids: z.array(runId).min(1).max(100_000) }),
  z.strictObject({ study: z.string().min(1).max(200) }),
]);
export type CopyOf = z.infer<typeof which>;

/** How far a copy is. Bytes are those of artifacts that are to be copied, and of all files that were. */
export type CopyProgress = { runsDone: number; runs: number; bytesDone: number; bytes: number };

export const copyContract = {
  /** Of the copy that is under way; null when there is none. */
  'copy.progress': call<CopyProgress | null>()('main', z.strictObject({})),
  /** Ends the copy that is under way; it fails with CANCELLED then. */
  'copy.stop': call<null>()('main', z.strictObject({})),
  /** Opens the folder dialog, then writes an audited local copy; null when the person cancels. */
  'copy.runs': call<{ folder: string; files: number } | null>()(
    'main',
    z.strictObject({ of: which, format: z.enum(['csv', 'parquet']) }),
  ),
  /** The same for one file of a run. */
  'copy.artifact': call<{ folder: string; files: number } | null>()(
    'main',
    z.strictObject({ id: runId, path: z.string().min(1).max(4_096) }),
  ),
  /** Sends runs to a tracking server that listens on this port of this machine; `token` where it asks for one. */
  'copy.replay': call<{ runs: number; created: number; points: number; files: number; skipped: string[] }>()(
    'main',
    z.strictObject({
      of: which,
      port: z.int().min(1).max(65_535),
      token: z.string().min(1).max(4_096).nullable().default(null),
    }),
  ),
};
