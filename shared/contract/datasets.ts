import { z } from 'zod';
import {
  columnRole,
  type DatasetDiff,
  type DatasetSummary,
  type DatasetVersion,
  datasetName,
  type ImageFormat,
  type SkippedFile,
} from '../model/dataset.ts';
import { call } from './call.ts';

/** A file a person chose in a dialog; the page never learns its path. */
export const fileHandle = z.string().regex(/^[0-9a-f]{32}$/);
export const versionRef = z.strictObject({ name: datasetName, version: z.int().positive().nullable() });

/** What the first rows look like, before anything is imported; memory only. */
export type ImportPreview = {
  kind: 'table';
  handle: string;
  fileName: string;
  suggestedName: string;
  format: { delimiter: string; encoding: string; decimal: '.' | ',' };
  columns: { name: string; suggestedRole: string; sample: string[] }[];
  suggestedSubject: string | null;
  bytes: number;
};

/** What a folder of images looks like by its names and its labels table; no image was decoded, and nothing is kept. */
export type FolderPreview = {
  kind: 'images';
  handle: string;
  folderName: string;
  suggestedName: string;
  images: number;
  bytes: number;
  /** By the names of the files; the first bytes decide where a name says nothing. */
  formats: { format: ImageFormat; count: number }[];
  /** `headers`: DICOM files say themselves whose they are. `table` is the name of the labels table. */
  labels: { from: 'table' | 'folders' | 'headers'; table: string | null };
  /** Columns that may say which person an image is of. */
  columns: string[];
  suggestedSubject: string | null;
  /** Images of each class, the most frequent first; null when no column looks like one of classes. */
  classes: { column: string; levels: { level: string; count: number }[]; other: number } | null;
  /** Files and rows that will be left out as far as names and labels tell, the first hundred of `skippedCount`. */
  skipped: SkippedFile[];
  skippedCount: number;
};

export type ImageDuplicates = {
  pairs: { a: string; b: string; rowA: number; rowB: number; similarity: number; samePerson: boolean | null }[];
  /** There are more pairs than are listed. */
  more: boolean;
};

/** 8-bit samples, row by row, grey (1 channel) or red, green, blue (3). */
export type PicturePixels = { width: number; height: number; channels: 1 | 3; samples: Uint8Array };

export type ImageRows = {
  /** Row numbers of the images that match, in order. */
  rows: Int32Array;
  /** What can be filtered by: the column of classes, and those that say which part a row belongs to. */
  filters: { column: string; what: 'class' | 'split'; levels: { level: string; count: number }[] }[];
};

/** One image in view. `picture` is a square, the image in its middle on black; `cells` are none that could name a person. */
export type ImageInView = {
  width: number;
  height: number;
  bits: number;
  format: ImageFormat;
  bytes: number;
  picture: PicturePixels;
  cells: { column: string; value: string | null }[];
};

export const datasetsContract = {
  'datasets.list': call<DatasetSummary[]>()('read', z.strictObject({})),
  'datasets.show': call<DatasetVersion>()('read', versionRef),
  'datasets.runs': call<string[]>()('read', versionRef),
  'datasets.diff': call<DatasetDiff>()('read', z.strictObject({ from: versionRef, to: versionRef })),
  'datasets.verify': call<{ valid: boolean; reason: string }>()('read', versionRef),
  /** Images that look the same, the most alike first; names of files, which stay on this machine. KIND_UNSUPPORTED for a table. */
  'datasets.duplicates': call<ImageDuplicates>()('read', versionRef),
  /** The images of a version whose cells are those asked for. KIND_UNSUPPORTED for a table. */
  'datasets.images': call<ImageRows>()(
    'read',
    versionRef.extend({ where: z.array(z.strictObject({ column: z.string(), level: z.string() })).max(8) }),
  ),
  /** Small copies of some images, at most 128 pixels a side, and the class of each. */
  'datasets.thumbnails': call<(PicturePixels & { row: number; label: string | null })[]>()(
    'read',
    versionRef.extend({ rows: z.array(z.int().nonnegative()).max(100) }),
  ),
  /** One image, at most 1,024 pixels a side, decoded in a thread of a reader. */
  'datasets.image': call<ImageInView>()('read', versionRef.extend({ row: z.int().nonnegative() })),
  'datasets.setRole': call<null>()(
    'write',
    z.strictObject({ name: datasetName, version: z.int().positive(), column: z.string(), role: columnRole }),
  ),
  /** Opens the file dialog; null when the person cancels. */
  'datasets.pick': call<ImportPreview | null>()('main', z.strictObject({})),
  /** Opens the folder dialog for a folder of images, with `labels` then the file dialog for their labels table; null when the person cancels. */
  'datasets.pickFolder': call<FolderPreview | null>()('main', z.strictObject({ labels: z.boolean().default(false) })),
  /** Imports the table or the folder that a handle stands for. */
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
