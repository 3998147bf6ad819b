import { z } from 'zod';

/**
 * How much worse the held-out predictions become when one feature (of images: one region) is shuffled over the rows, its model
 * columns together. `mean` is the AUC lost or the RMSE gained, so positive means that the model needs the feature.
 */
export const importance = z.strictObject({
  /** Of several classes the mean of one-versus-rest AUCs. */
  metric: z.enum(['auc', 'rmse']),
  /** The metric without shuffling, on the same rows. */
  baseline: z.number(),
  rows: z.int(),
  /** Null without a subject column. */
  subjects: z.int().nullable(),
  repeats: z.int(),
  /** How intervals and rows came about, in words. */
  method: z.string(),
  features: z.array(
    z.strictObject({
      name: z.string(),
      mean: z.number(),
      /** Standard deviation over repeats; null with one repeat. */
      sd: z.number().nullable(),
      /** The 95 % interval; null with fewer than two subjects. */
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});
export type Importance = z.infer<typeof importance>;
