import { z } from 'zod';

/**
 * Where a model column comes from: the number, filled in; whether it was missing; whether it is one level. Or, for recipes that
 * take tables raw: the number or NaN where it is missing; the place of the level in a list or NaN where it is missing or not in it.
 */
const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value') }),
  z.strictObject({ kind: z.literal('number-or-missing') }),
  z.strictObject({ kind: z.literal('level-code'), levels: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('missing') }),
  z.strictObject({ kind: z.literal('level'), level: z.string() }),
]);

const modelColumn = z.strictObject({ name: z.string(), source, mean: z.number(), scale: z.number().positive() });

/**
 * Everything learnt from the training part, kept as preprocessing.json: what fills a missing cell, which levels have a column,
 * and mean and population standard deviation of each model column.
 */
export const preprocessing = z.strictObject({
  version: z.literal(1),
  features: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        feature: z.string(),
        kind: z.literal('number'),
        fill: z.number(),
        columns: z.array(modelColumn),
      }),
      /** `fill` is the most frequent level and the reference: it has no column, nor has a level that training never saw. */
      z.strictObject({
        feature: z.string(),
        kind: z.literal('levels'),
        fill: z.string(),
        columns: z.array(modelColumn),
      }),
    ]),
  ),
  dropped: z.array(z.strictObject({ column: z.string(), why: z.string() })),
});
export type Preprocessing = z.infer<typeof preprocessing>;
export type FeaturePreprocessing = Preprocessing['features'][number];
export type ModelColumnSource = z.infer<typeof source>;
