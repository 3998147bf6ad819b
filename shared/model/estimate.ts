import { z } from 'zod';

/** A held-out metric with its uncertainty: 95 % interval, the method by name, and both counts behind it. */
export const estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** For example `DeLong`, `clustered DeLong (Obuchowski)`, `Wilson`, `bootstrap over subjects, 2000 draws`. */
  method: z.string(),
  rows: z.int().nonnegative(),
  /** Distinct persons behind the number; null when the dataset names no subject column. */
  subjects: z.int().nonnegative().nullable(),
});
export type Estimate = z.infer<typeof estimate>;
