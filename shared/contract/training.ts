import { z } from 'zod';
import { runId, type Task } from '../model/run.ts';
import { type EngineStatus, type RecipeDeclaration, trainSpec } from '../model/train-spec.ts';
import { call } from './call.ts';

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
  folds: { proposed: number; why: string } | null;
  warnings: string[];
};

export const trainingContract = {
  'training.recipes': call<RecipeDeclaration[]>()('main', z.strictObject({})),
  'training.engines': call<EngineStatus[]>()('main', z.strictObject({})),
  'training.estimate': call<TrainEstimate>()('read', trainSpec),
  'training.start': call<{ id: string }>()('main', trainSpec),
  'training.stop': call<null>()('main', z.strictObject({ id: runId })),
};
