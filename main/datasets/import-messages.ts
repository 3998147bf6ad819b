import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { datasetVersion } from '../../shared/model/dataset.ts';
import { subjectChoice } from './subject-choice.ts';

/** To the importing child. */
export const toImporter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('import'),
    vaultDir: z.string(),
    path: z.string(),
    name: z.string(),
    subject: subjectChoice,
    kind: z.enum(['table', 'images', 'dicom']),
    /** The labels table of a folder of images, where its name does not say so. */
    labels: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('synthetic'), vaultDir: z.string() }),
  z.strictObject({ type: z.literal('cancel') }),
]);
export type ToImporter = z.infer<typeof toImporter>;

/** From the importing child; the last one is `done` or `failed`. */
export const fromImporter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    progress: z.strictObject({
      bytesDone: z.number(),
      bytesTotal: z.number(),
      rows: z.number(),
      bytesPerSecond: z.number(),
      leftMs: z.number().nullable(),
    }),
  }),
  z.strictObject({ type: z.literal('done'), version: datasetVersion }),
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({ code: z.enum(errorCodes), message: z.string(), hint: z.string().optional() }),
  }),
]);
export type FromImporter = z.infer<typeof fromImporter>;
