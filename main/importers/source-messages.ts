import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { foundRuns, importFormat, importProgress, importSummary } from '../../shared/model/run-import.ts';

/** To the child that reads a foreign source. `import` writes the vault, with `watch` until it is cancelled; `find` looks only. */
export const toSourceChild = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('find'), path: z.string(), formats: z.array(importFormat) }),
  z.strictObject({
    type: z.literal('import'),
    vaultDir: z.string(),
    format: importFormat,
    path: z.string(),
    study: z.string().nullable(),
    watch: z.boolean(),
  }),
  z.strictObject({ type: z.literal('cancel') }),
]);
export type ToSourceChild = z.infer<typeof toSourceChild>;
export type SourceTask = Exclude<ToSourceChild, { type: 'cancel' }>;

/** From it; the last one is `found`, `done` or `failed`. */
export const fromSourceChild = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), progress: importProgress }),
  z.strictObject({ type: z.literal('found'), found: z.array(foundRuns) }),
  z.strictObject({ type: z.literal('done'), summary: importSummary }),
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({ code: z.enum(errorCodes), message: z.string(), hint: z.string().optional() }),
  }),
]);
export type FromSourceChild = z.infer<typeof fromSourceChild>;
