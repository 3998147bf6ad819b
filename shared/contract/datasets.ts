import { z } from 'zod';
import {
  columnRole,
  type DatasetDiff,
  type DatasetSummary,
  type DatasetVersion,
  datasetName,
} from '../model/dataset.ts';
import { call } from './call.ts';

/** A file a person chose in a dialog; the page never learns its path. */
export const fileHandle = z.string().regex(/^[0-9a-f]{32}$/);
export const versionRef = z.strictObject({ name: datasetName, version: z.int().positive().nullable() });

/** What the first rows look like, before anything is imported; memory only. */
export type ImportPreview = {
  handle: string;
  fileName: string;
  suggestedName: string;
  format: { delimiter: string; encoding: string; decimal: '.' | ',' };
  columns: { name: string; suggestedRole: string; sample: string[] }[];
  suggestedSubject: string | null;
  bytes: number;
};

export type ImageDuplicates = {
  pairs: { a: string; b: string; rowA: number; rowB: number; similarity: number; samePerson: boolean | null }[];
  /** There are more pairs than are listed. */
  more: boolean;
};

export const datasetsContract = {
  'datasets.list': call<DatasetSummary[]>()('read', z.strictObject({})),
  'datasets.show': call<DatasetVersion>()('read', versionRef),
  'datasets.runs': call<string[]>()('read', versionRef),
  'datasets.diff': call<DatasetDiff>()('read', z.strictObject({ from: versionRef, to: versionRef })),
  'datasets.verify': call<{ valid: boolean; reason: string }>()('read', versionRef),
  /** Images that look the same, the most alike first; names of files, which stay on this machine. KIND_UNSUPPORTED for a table. */
  'datasets.duplicates': call<ImageDuplicates>()('read', versionRef),
  'datasets.setRole': call<null>()(
    'write',
    z.strictObject({ name: datasetName, version: z.int().positive(), column: z.string(), role: columnRole }),
  ),
  /** Opens the file dialog; null when the person cancels. */
  'datasets.pick': call<ImportPreview | null>()('main', z.strictObject({})),
  'datasets.import': call<DatasetVersion>()(
    'main',
    z.strictObject({
      handle: fileHandle,
      name: datasetName,
      subject: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('column'), column: z.string(), exact: z.boolean() }),
        z.strictObject({ kind: z.literal('per-row') }),
        z.strictObject({ kind: z.literal('none') }),
      ]),
    }),
  ),
  'datasets.cancelImport': call<null>()('main', z.strictObject({ handle: fileHandle })),
  /** Generates the synthetic cohort and imports it as `synthetic-cohort`. */
  'datasets.synthetic': call<DatasetVersion>()('main', z.strictObject({})),
};
