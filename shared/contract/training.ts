import { z } from 'zod';
import { datasetName } from '../model/dataset.ts';
import { type DatasetFit, type EngineId, engineId, runId, type Task } from '../model/run.ts';
import { type EngineStatus, type RecipeDeclaration, trainSpec } from '../model/train-spec.ts';
import { call } from './call.ts';

/** What a network that a run starts from takes, and what of it would learn at the depth asked for. */
export type StartFacts = {
  image: { height: number; width: number; channels: number };
  /** `kept`: it predicts the same classes, or a number as before; otherwise the head is drawn anew. */
  head: 'kept' | 'new';
  /** Of all `weights`. */
  trainable: number;
  weights: number;
  /** Layers with weights, from the image to the head; depth counts blocks. */
  layers: { name: string; block: number; weights: number; learns: boolean }[];
};

/** A model folder of which the vault keeps a copy: its own name, and the SHA-256 of its content. */
export type AddedModel = { name: string; hash: string };

export type TrainEstimate = {
  task: Task;
  /** Rows, subjects and split sizes as they would be; `unit` as in SplitSummary. */
  split: { train: number; validation: number; test: number; unit: 'subjects' | 'rows' };
  features: string[];
  positives: { label: string; count: number; of: number } | null;
  /** Median and range of earlier runs of this recipe on this machine; null when there are none. */
  durationMs: { median: number; low: number; high: number; from: number } | null;
  /** A run with the same code, data, params and seed. */
  alreadyDone: string | null;
  /** Finished runs that differ in the seed only, newest first. */
  replicates: { id: string; seed: number }[];
  folds: { proposed: number; why: string } | null;
  /** Of a run that starts from a model; null otherwise. */
  start: StartFacts | null;
  warnings: string[];
};

export type TrainingQueue = {
  /** What each run that trains holds, in whichever process; `gpuMiB` null: the whole GPU, or none (see `gpu`). */
  running: { id: string; cores: number; gpu: boolean; gpuMiB: number | null }[];
  /** In the order in which they begin, the first being 1. */
  waiting: { id: string; place: number; why: string }[];
  limits: { cores: number; gpuMiB: number | null };
};

/** A run whose model is to be applied, and the data for it; a null version is the newest. */
export const evaluateWish = z.strictObject({
  run: runId,
  dataset: z.strictObject({ name: datasetName, version: z.int().positive().nullable() }),
  /** null: the study of the run. */
  study: z.string().min(1).max(200).nullable().default(null),
  name: z.string().max(200).nullable().default(null),
});
export type EvaluateWish = z.input<typeof evaluateWish>;

/** A run to be run again from its record; what is null stays as it was. */
export const rerunWish = z.strictObject({
  id: runId,
  /** When it comes to something else and there are fewer than three replicates, five more seeds are run for the noise. */
  verify: z.boolean().default(false),
  engine: engineId.nullable().default(null),
  seed: trainSpec.shape.seed.nullable().default(null),
});
export type RerunWish = z.input<typeof rerunWish>;

/** Of an engine that was added to the app; `kernels` agreed with plain JavaScript then. */
export type AddedEngine = { id: EngineId; tensorflow: string; kernels: number };
/** `added` is null for an engine that is part of the app, or that is not there. */
export type ListedEngine = EngineStatus & {
  added: (Omit<AddedEngine, 'id'> & { addedAt: string; mib: number }) | null;
};

export const trainingContract = {
  'training.recipes': call<RecipeDeclaration[]>()('main', z.strictObject({})),
  'training.engines': call<ListedEngine[]>()('main', z.strictObject({})),
  /** Opens the folder dialog, checks the engine in the folder and keeps a copy; null when the person cancels the dialog. */
  'training.addEngine': call<AddedEngine | null>()('main', z.strictObject({})),
  /** Takes an added engine out of use; its files stay for a while, so that this can be undone. */
  'training.removeEngine': call<null>()('main', z.strictObject({ id: engineId })),
  'training.restoreEngine': call<null>()('main', z.strictObject({ id: engineId })),
  /** Opens the folder dialog and keeps a copy of the model in it, for `from`; null when the person cancels the dialog. */
  'training.addModel': call<AddedModel | null>()('main', z.strictObject({})),
  'training.estimate': call<TrainEstimate>()('read', trainSpec),
  'training.start': call<{ id: string }>()('main', trainSpec),
  /** Goes on with a run that was stopped, crashed, or failed for want of memory, disk or device. */
  'training.resume': call<{ id: string }>()('main', z.strictObject({ id: runId })),
  /** Applies a run's model and its fitted preprocessing to other data, as a new run whose parent it is. */
  'training.evaluate': call<{ id: string }>()('main', evaluateWish),
  /** How a dataset fits the model of a run, before anything is done. */
  'training.checkEvaluate': call<DatasetFit>()('read', evaluateWish),
  /** Runs it again from its record; the verdict is part of the new run once it has finished. */
  'training.rerun': call<{ id: string }>()('main', rerunWish),
  'training.queue': call<TrainingQueue>()('read', z.strictObject({})),
  'training.stop': call<null>()('main', z.strictObject({ id: runId })),
};
