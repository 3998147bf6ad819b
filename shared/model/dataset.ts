import { z } from 'zod';

/** Also a folder and file name in exports: letters, digits, dot, dash, underscore; starts with a letter or digit. */
export const datasetName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

export const columnType = z.enum(['number', 'integer', 'category', 'boolean', 'date', 'text', 'image']);
export type ColumnType = z.infer<typeof columnType>;

export const columnRole = z.enum([
  'subject',
  'site',
  'time',
  'event',
  'target',
  'feature',
  'identifier',
  'free-text',
  'split',
  'ignored',
]);
export type ColumnRole = z.infer<typeof columnRole>;

export const distribution = z.discriminatedUnion('kind', [
  /** Equal-width bins from `min` to `max`; counts has one entry per bin. */
  z.strictObject({
    kind: z.literal('histogram'),
    min: z.number(),
    max: z.number(),
    counts: z.array(z.int()),
    mean: z.number(),
    sd: z.number(),
    median: z.number(),
  }),
  /** The most frequent levels, most frequent first; `other` is the count of the rest. */
  z.strictObject({
    kind: z.literal('levels'),
    levels: z.array(z.strictObject({ level: z.string(), count: z.int() })),
    other: z.int(),
  }),
  /** Shown for identifiers and free text: nothing but counts. */
  z.strictObject({ kind: z.literal('none') }),
]);
export type Distribution = z.infer<typeof distribution>;

export const columnProfile = z.strictObject({
  name: z.string(),
  type: columnType,
  role: columnRole,
  missing: z.int(),
  /** Exact up to 100,000 distinct values, then a lower bound. */
  distinct: z.int(),
  distribution,
  /** Why a column is not offered as a feature or deserves a look: `looks like a date of birth`, `an outcome beside fstat`. */
  remark: z.string().nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

export const warningCode = z.enum([
  'SUBJECT_IDS_GROUPED',
  'NO_SUBJECT_COLUMN',
  'SUBJECT_PER_ROW',
  'IDENTIFIER_COLUMN',
  'FREE_TEXT_COLUMN',
  'OUTCOME_COLUMNS',
  'MOSTLY_MISSING',
  'CONSTANT_COLUMN',
  'DUPLICATE_ROWS',
  'LATIN1_ASSUMED',
  'FILES_SKIPPED',
  'IMAGES_CONVERTED',
  'BURNED_IN_TEXT',
  'NEAR_DUPLICATE_IMAGES',
]);
export const datasetWarning = z.strictObject({ code: warningCode, message: z.string() });
export type DatasetWarning = z.infer<typeof datasetWarning>;

export const imageFormat = z.enum(['png', 'jpeg', 'tiff', 'dicom']);
export type ImageFormat = z.infer<typeof imageFormat>;

/** Why a file, or the row of a labels table that names it, is not in an image dataset. */
export const skipCode = z.enum([
  'FILE_MISSING',
  'FILE_EMPTY',
  'FILE_UNREADABLE',
  'NOT_AN_IMAGE',
  'IMAGE_TRUNCATED',
  'IMAGE_DAMAGED',
  'IMAGE_UNSUPPORTED',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_SLOW',
  'MULTI_FRAME',
  'LABEL_MISSING',
  'LABEL_REPEATED',
  'LABELS_CONFLICT',
]);
export type SkipCode = z.infer<typeof skipCode>;
/** `path` is relative to the folder; it stays on this machine. */
export const skippedFile = z.strictObject({ path: z.string(), code: skipCode, reason: z.string() });
export type SkippedFile = z.infer<typeof skippedFile>;

/** What the images of a version are like; counts are files. */
export const imageSummary = z.strictObject({
  /** Column whose cells name the files. */
  column: z.string(),
  bytes: z.int(),
  formats: z.array(z.strictObject({ format: imageFormat, count: z.int() })),
  colour: z.int(),
  /** Smallest and largest side in pixels, and bits per sample. */
  width: z.strictObject({ min: z.int(), max: z.int() }),
  height: z.strictObject({ min: z.int(), max: z.int() }),
  bits: z.strictObject({ min: z.int(), max: z.int() }),
  /** 16-bit values are divided by this before they become 8 bits: the smallest of 255, 1023, 4095 … that holds them all. */
  white: z.int(),
  /** Pairs of images that look the same, and how many of them are of two persons; null without a subject column. */
  nearDuplicates: z.strictObject({ pairs: z.int(), ofTwoPersons: z.int().nullable() }),
});
export type ImageSummary = z.infer<typeof imageSummary>;

/** `none`: no subject column, the count of persons is unknown. */
export const subjectMode = z.enum(['grouped', 'exact', 'per-row', 'none']);
export type SubjectMode = z.infer<typeof subjectMode>;

export const datasetVersion = z.strictObject({
  name: datasetName,
  version: z.int().positive(),
  /** An image dataset is a table with one row per image and one column of type `image`. */
  kind: z.enum(['table', 'images']),
  /** SHA-256 over column names and parsed cells in order, and over the SHA-256 of each image's bytes, 64 hex. */
  hash: z.string(),
  rows: z.int(),
  subjects: z.int().nullable(),
  subjectColumn: z.string().nullable(),
  subjectMode,
  siteColumn: z.string().nullable(),
  columns: z.array(columnProfile),
  warnings: z.array(datasetWarning),
  /** What the reader found: `,` `UTF-8` `.`; bytes of the original file. */
  format: z.strictObject({ delimiter: z.string(), encoding: z.string(), decimal: z.enum(['.', ',']), bytes: z.int() }),
  sourceName: z.string(),
  createdAt: z.number(),
  /** null for a table. */
  images: imageSummary.nullable(),
  /** Files and rows that were left out at import; empty for a table. */
  skipped: z.array(skippedFile),
});
export type DatasetVersion = z.infer<typeof datasetVersion>;

export const datasetSummary = z.strictObject({
  name: datasetName,
  versions: z.array(
    z.strictObject({
      version: z.int(),
      hash: z.string(),
      rows: z.int(),
      subjects: z.int().nullable(),
      columns: z.int(),
      createdAt: z.number(),
      kind: z.enum(['table', 'images']),
    }),
  ),
  runs: z.int(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

export const datasetDiff = z.strictObject({
  from: z.strictObject({ name: datasetName, version: z.int() }),
  to: z.strictObject({ name: datasetName, version: z.int() }),
  rows: z.strictObject({ added: z.int(), removed: z.int(), changed: z.int().nullable(), unchanged: z.int() }),
  subjects: z.strictObject({ added: z.int(), removed: z.int(), kept: z.int() }).nullable(),
  columns: z.strictObject({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(
      z.strictObject({ name: z.string(), cells: z.int().nullable(), typeFrom: columnType, typeTo: columnType }),
    ),
  }),
});
export type DatasetDiff = z.infer<typeof datasetDiff>;
