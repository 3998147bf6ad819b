import { z } from 'zod';

/** How an import learns whose a row is: by a column (ids grouped unless `exact`), one person per row, or not at all. */
export const subjectChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('column'), column: z.string(), exact: z.boolean() }),
  z.strictObject({ kind: z.literal('per-row') }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type SubjectChoice = z.infer<typeof subjectChoice>;
