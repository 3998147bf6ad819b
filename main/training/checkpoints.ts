import type { MetricPoint } from '../../shared/model/series.ts';
import type { Checkpoint, Coefficient, StoredModel } from './recipes/recipe.ts';

/** A fit that has ended: its model, the coefficients that go into the record, and what the threshold may be chosen on. */
export type FinishedFit = StoredModel & { coefficients: Coefficient[] | null; outOfBag?: Float64Array };

/** The checkpoints of a run: one line of them per fit, told apart by name (`kept`, `fold-1`, …). */
export type Checkpoints = {
  of(fit: string): Checkpoint;
  /** What a fit had come to before the run was interrupted; null when it has to be fitted. */
  finished(fit: string): FinishedFit | null;
  /** A fit has ended: an interrupted run does not fit it again. */
  keep(fit: string, model: FinishedFit): void;
};

/** A run that keeps none. */
export const noCheckpoints: Checkpoints = {
  of: () => ({ saved: null, async offer() {} }),
  finished: () => null,
  keep() {},
};

/** What a checkpoint file holds beside the state: enough to tell that it is the right one, and points that may not have arrived. */
export type CheckpointHeader = {
  recipe: string;
  recipeVersion: string;
  fit: string;
  /** null: the fit has ended. */
  epoch: number | null;
  /** What early stopping looks at, lower is better; null when the recipe has none. */
  score: number | null;
  points: MetricPoint[];
};
