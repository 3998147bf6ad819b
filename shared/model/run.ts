import { z } from 'zod';
import { estimate } from './estimate.ts';

export const runId = z.string().regex(/^[0-9a-f]{32}$/);

export const runStatus = z.enum(['queued', 'running', 'finished', 'failed', 'stopped', 'crashed']);
export type RunStatus = z.infer<typeof runStatus>;
export const endStatus = runStatus.extract(['finished', 'failed', 'stopped', 'crashed']);

export const engineId = z.enum(['tensorflow-gpu', 'webgpu', 'tensorflow', 'cpu']);
export type EngineId = z.infer<typeof engineId>;

export const task = z.enum(['binary', 'multiclass', 'regression', 'survival']);
export type Task = z.infer<typeof task>;

export const paramValue = z.union([z.string(), z.number(), z.boolean()]);
export type ParamValue = z.infer<typeof paramValue>;

export const datasetRef = z.strictObject({ name: z.string(), version: z.int().positive(), hash: z.string() });
export type DatasetRef = z.infer<typeof datasetRef>;

/** What a warning on a run is about; the screen words it, the record keeps the code. */
export const runBadge = z.enum([
  'patient-overlap',
  'no-subject-column',
  'subject-per-row',
  'subjects-grouped',
  'dirty-code',
  'data-changed',
  'not-bit-reproducible',
]);
export type RunBadge = z.infer<typeof runBadge>;

/** One row of the runs table. Times are milliseconds since 1970, UTC. */
export const runSummary = z.strictObject({
  id: runId,
  name: z.string(),
  study: z.string(),
  status: runStatus,
  /** Why it failed, stopped or crashed, in words for a person; null while all is well. */
  reason: z.string().nullable(),
  recipe: z.string().nullable(),
  task: task.nullable(),
  engine: engineId.nullable(),
  device: z.string().nullable(),
  seed: z.int().nullable(),
  dataset: datasetRef.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  note: z.string(),
  parent: runId.nullable(),
  binnedAt: z.number().nullable(),
  badges: z.array(runBadge),
  /** 0 to 1 while running, with the estimated milliseconds left when known. */
  progress: z.strictObject({ done: z.number(), leftMs: z.number().nullable() }).nullable(),
  params: z.record(z.string(), paramValue),
  tags: z.record(z.string(), z.string()),
  /** Latest value of every series, and the value of every estimate. */
  metrics: z.record(z.string(), z.number()),
  estimates: z.record(z.string(), estimate),
});
export type RunSummary = z.infer<typeof runSummary>;

export const splitSummary = z.strictObject({
  kind: z.enum(['shares', 'column', 'folds']),
  train: z.int(),
  validation: z.int(),
  test: z.int(),
  folds: z.int().nullable(),
  /** Persons found on both sides; a run with any never starts. */
  subjectsOverlap: z.int(),
  /** Counts above are subjects when the dataset knows them, rows otherwise. */
  unit: z.enum(['subjects', 'rows']),
  hash: z.string(),
});
export type SplitSummary = z.infer<typeof splitSummary>;

export const artifact = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() });
export type Artifact = z.infer<typeof artifact>;

export const environment = z.strictObject({
  appVersion: z.string(),
  /** Git commit of the application, 40 hex, or null in a build without one. */
  commit: z.string().nullable(),
  dirty: z.boolean(),
  node: z.string(),
  os: z.string(),
  cpu: z.string(),
  cores: z.int(),
  memoryMiB: z.int(),
  gpu: z.string().nullable(),
  driver: z.string().nullable(),
  packages: z.record(z.string(), z.string()),
});
export type Environment = z.infer<typeof environment>;

/** Everything recorded about one run except its series, predictions and log. */
export const runDetail = runSummary.extend({
  target: z.string().nullable(),
  features: z.array(z.string()),
  split: splitSummary.nullable(),
  environment: environment.nullable(),
  /** Names of the series, sorted. */
  seriesKeys: z.array(z.string()),
  artifacts: z.array(artifact),
  /** Coefficient table of a `logistic` run; null for others. */
  coefficients: z
    .array(
      z.strictObject({
        name: z.string(),
        outcome: z.string(),
        coefficient: z.number(),
        standardError: z.number().nullable(),
        oddsRatio: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        p: z.number().nullable(),
      }),
    )
    .nullable(),
  engineReason: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;
