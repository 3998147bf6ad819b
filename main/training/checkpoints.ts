import type { Checkpoint } from './recipes/recipe.ts';

/** The checkpoints of a run: one line of them per fit, told apart by name (`kept`, `fold-1`, …). */
export type Checkpoints = { of(fit: string): Checkpoint };

/** A run that keeps none. */
export const noCheckpoints: Checkpoints = { of: () => ({ saved: null, async offer() {} }) };
