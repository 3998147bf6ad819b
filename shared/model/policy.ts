import { z } from 'zod';

/** The disclosure policy in force. `k`: fewest distinct persons behind any cell; `base`: counts are rounded to its multiples. */
export const policy = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  k: z.int().min(5),
  base: z.literal(5),
  /** Fewest count tables that must fit everything released about a run (S4). */
  leastTables: z.int().min(5),
});
export type Policy = z.infer<typeof policy>;

/** k = 11 meets "at least 10" (ACRO, NHS England, ABS) and "not 1 to 10" (CMS) at once. */
export const defaultPolicy: Policy = { id: 'wardbook-default-1', k: 11, base: 5, leastTables: 5 };
