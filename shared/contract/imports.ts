import { z } from 'zod';
import type { Failure } from '../errors.ts';
import { runId } from '../model/run.ts';
import {
  type FoundRuns,
  type ImportFormat,
  type ImportSummary,
  importFormat,
  type RunImportProgress,
} from '../model/run-import.ts';
import { type StepRecord, type StepRecordKind, stepRecordKind } from '../model/step-record.ts';
import { call } from './call.ts';
import { fileHandle } from './datasets.ts';

/** A folder or file that a person chose, and what of each format was found there; empty when nothing was. */
export type ImportSource = { handle: string; name: string; found: FoundRuns[] };
export type ImportState = { progress: RunImportProgress | null };
/** A folder that is watched. `progress` is null before the first look; `failure` says why it is watched no more. */
export type Watch = {
  handle: string;
  name: string;
  format: ImportFormat;
  progress: RunImportProgress | null;
  failure: Failure | null;
};

export const importsContract = {
  /** Opens the folder dialog (or that for a file); null when the person cancels. Looks in a child process what lies there. */
  'imports.pick': call<ImportSource | null>()('main', z.strictObject({ what: z.enum(['folder', 'file']) })),
  /** Ends the look that `imports.pick` takes; it answers null then. */
  'imports.stopLooking': call<null>()('main', z.strictObject({})),
  /** Imports what was found. */
  'imports.start': call<ImportSummary>()(
    'main',
    z.strictObject({ handle: fileHandle, format: importFormat, study: z.string().min(1).max(200).nullable() }),
  ),
  /** Cancels an import; answers, once it has ended, how far it came. */
  'imports.stop': call<ImportState>()('main', z.strictObject({ handle: fileHandle })),
  /** Imports again and again while a job writes; answers at once. */
  'imports.watch': call<null>()(
    'main',
    z.strictObject({ handle: fileHandle, format: importFormat, study: z.string().min(1).max(200).nullable() }),
  ),
  'imports.watches': call<Watch[]>()('main', z.strictObject({})),
  /** Ends a watch and answers what came in over all of it; null when it had failed. */
  'imports.unwatch': call<ImportSummary | null>()('main', z.strictObject({ handle: fileHandle })),
  'imports.progress': call<ImportState>()('main', z.strictObject({ handle: fileHandle })),
  /** What a run holds step by step beside its series. */
  'imports.records': call<{ kind: StepRecordKind; key: string; count: number }[]>()(
    'read',
    z.strictObject({ id: runId }),
  ),
  /** Every step of one name, and the record at one place of that list. */
  'imports.record': call<{ steps: number[]; record: StepRecord | null }>()(
    'read',
    z.strictObject({ id: runId, kind: stepRecordKind, key: z.string().max(250), at: z.int().nonnegative() }),
  ),
};
