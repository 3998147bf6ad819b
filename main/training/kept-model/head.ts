import { z } from 'zod';
import { task } from '../../../shared/model/run.ts';

/**
 * What `model.json` says before the recipe's own part. A run keeps one model (`model.json`, `preprocessing.json` and, unless
 * the document holds everything, `weights.bin`) or the mean of several: then `model.json` names the folders, each with these
 * three files of one member. Runs of earlier versions have no `recipeVersion`, `classes` or `members`.
 */
export const modelHead = z.looseObject({
  recipe: z.string(),
  recipeVersion: z.string().optional(),
  target: z.string(),
  task,
  /** Class labels in score order; empty for regression. */
  classes: z.array(z.string()).default([]),
  threshold: z.number().nullable(),
  /** Folders of the members, whose predictions are averaged. */
  members: z.array(z.string().regex(/^fold-\d+$/)).optional(),
});
export type ModelHead = z.infer<typeof modelHead>;
