import { z } from 'zod';
import { runId } from '../model/run.ts';
import { type FoundRuns, type ImportSummary, importFormat, type RunImportProgress } from '../model/run-import.ts';
import { type StepRecord, type StepRecordKind, stepRecordKind } from '../model/step-record.ts';
import { call } from './call.ts';
import { fileHandle } from './datasets.ts';

/** A folder or file that a person chose, and what of each format was found there; empty when nothing was. */
export type ImportSource = { handle: string; name: string; found: FoundRuns[] };
/** How an import goes; `summary` once it has ended, `watching` while it waits for more. */
export type ImportState = { progress: RunImportProgress | null };

export const importsContract = {
  /** Opens the folder dialog (or that for a file); null when the person cancels. Looks in a child process what lies there. */
  'imports.pick': call<ImportSource | null>()('main', z.strictObject({ what: z.enum(['folder', 'file']) })),
  /** Imports what was found; with `watch` it goes on until it is stopped, and then answers what came in. */
  'imports.start': call<ImportSummary>()(
    'main',
    z.strictObject({
      handle: fileHandle,
      format: importFormat,
      study: z.string().min(1).max(200).nullable(),
      watch: z.boolean(),
    }),
  ),
  /** Cancels an import; one that watches is ended. */
  'imports.stop': call<null>()('main', z.strictObject({ handle: fileHandle })),
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
