import { z } from 'zod';
import { datasetName } from './dataset.ts';
import { engineId, paramValue, runId, task } from './run.ts';

export const splitRequest = z.discriminatedUnion('kind', [
  /** Shares of subjects; they add up to 1. A validation share of 0 is allowed (the threshold is then chosen on training data). */
  z.strictObject({ kind: z.literal('shares'), train: z.number(), validation: z.number(), test: z.number() }),
  /** Values `train`, `val` or `validation`, `test`. */
  z.strictObject({ kind: z.literal('column'), column: z.string() }),
  z.strictObject({ kind: z.literal('folds'), folds: z.int().min(2).max(50) }),
]);
export type SplitRequest = z.infer<typeof splitRequest>;

/** What a person asks for; the Train screen and `wardbook train` both make one. */
export const trainSpec = z.strictObject({
  recipe: z.string(),
  dataset: z.strictObject({ name: datasetName, version: z.int().positive().nullable() }),
  target: z.string(),
  /** Exactly these columns, or null: every column whose role is `feature`, less `drop`. */
  features: z.array(z.string()).nullable(),
  drop: z.array(z.string()),
  params: z.record(z.string(), paramValue),
  split: splitRequest,
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** null: the first engine that can run the recipe; the reason is recorded. */
  engine: engineId.nullable(),
  study: z.string().min(1).max(200),
  name: z.string().max(200).nullable(),
  /** null: what the target's values suggest among the recipe's tasks. */
  task: task.nullable().default(null),
  /** Where `fine-tune` starts: the model of a run, or a model folder kept in the vault under the SHA-256 of its content. */
  from: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('run'), run: runId }),
      z.strictObject({ kind: z.literal('model'), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
    ])
    .nullable()
    .default(null),
  /** Threads it may use; null: what the recipe takes by default. */
  cores: z.int().min(1).max(1024).nullable().default(null),
  /** Only operations that repeat exactly, where the engine has them; what has none gives the run a badge. */
  deterministic: z.boolean().default(true),
  /** Epochs (or trees) between checkpoints. */
  checkpointEvery: z.int().min(1).max(100_000).default(1),
  /** When memory runs out: halve the batch and go on, instead of failing. */
  allowSmallerBatch: z.boolean().default(false),
  /** Train although nearly the same image is on two sides of the split. */
  allowNearDuplicates: z.boolean().default(false),
});
export type TrainSpec = z.output<typeof trainSpec>;
/** A spec as it may be written down: what has a default can be left out. */
export type TrainWish = z.input<typeof trainSpec>;

export const paramDeclaration = z.strictObject({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  type: z.enum(['number', 'integer', 'boolean', 'choice', 'text']),
  default: paramValue,
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.string()).nullable(),
  /** Tasks that it concerns; absent: all of the recipe's. */
  tasks: z.array(task).optional(),
  /** It counts only while another param has this value; absent: always. */
  when: z.strictObject({ param: z.string(), is: paramValue }).optional(),
});
export type ParamDeclaration = z.infer<typeof paramDeclaration>;

export const recipeDeclaration = z.strictObject({
  id: z.string(),
  version: z.string(),
  label: z.string(),
  summary: z.string(),
  tasks: z.array(task),
  /** Kind of dataset it learns from. */
  input: z.enum(['table', 'images']),
  /** Engines that can run it, best first. */
  engines: z.array(engineId),
  params: z.array(paramDeclaration),
  /** What it counts while it fits; absent: epochs. */
  steps: z.string().optional(),
  /** Threads that it uses on the cpu when nobody says how many; absent: all that there are. */
  threads: z.int().positive().optional(),
});
export type RecipeDeclaration = z.infer<typeof recipeDeclaration>;

export const engineStatus = z.strictObject({
  id: engineId,
  available: z.boolean(),
  device: z.string().nullable(),
  /** Why it was chosen or cannot be. */
  reason: z.string(),
  /** Of its device, MiB: in all, and what is free now; null where nobody tells. */
  memoryMiB: z.int().nullable(),
  freeMemoryMiB: z.int().nullable(),
});
export type EngineStatus = z.infer<typeof engineStatus>;
