import { z } from 'zod';
import { codeSnapshot, commandEnvironment, commandRecord } from './command.ts';
import { columnType } from './dataset.ts';
import { estimate } from './estimate.ts';
import { importance } from './importance.ts';
import { registration } from './registration.ts';

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
  /** Resumed with another version of the app or of a package than it began with. */
  'code-changed',
  /** Memory ran out: the batch was halved, as the person had allowed. */
  'smaller-batch',
  /** Evaluated on data of which nobody can say whether the model has seen these persons. */
  'seen-subjects-unknown',
]);
export type RunBadge = z.infer<typeof runBadge>;

/** How a run came from its parent: its model on other data, its network trained further, its record run again, or anything else. */
export const runOrigin = z.enum(['evaluate', 'fine-tune', 'rerun', 'other']);
export type RunOrigin = z.infer<typeof runOrigin>;

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
  /** How it came from its parent, and the name that one has; null without a parent. */
  origin: z.strictObject({ kind: runOrigin, name: z.string() }).nullable(),
  /** It was interrupted and went on, at least once. */
  resumed: z.boolean(),
  binnedAt: z.number().nullable(),
  badges: z.array(runBadge),
  /** 0 to 1 while running, with the estimated milliseconds left when known. */
  progress: z
    .strictObject({
      done: z.number(),
      leftMs: z.number().nullable(),
      /** Of the last seconds: epochs, trees or rows per second; null when the recipe tells none. */
      rate: z.strictObject({ value: z.number(), unit: z.string() }).nullable(),
    })
    .nullable(),
  params: z.record(z.string(), paramValue),
  tags: z.record(z.string(), z.string()),
  /** Latest value of every series, and the value of every estimate. */
  metrics: z.record(z.string(), z.number()),
  estimates: z.record(z.string(), estimate),
  /** The versions of the registry that come from it. */
  registered: z.array(registration),
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

/** Where a run can go on from: after this epoch of this fit (`kept`, `fold-1`, …); a null epoch says that the whole fit is done. */
export const checkpointRef = z.strictObject({ fit: z.string(), epoch: z.int().nullable(), at: z.number() });
export type CheckpointRef = z.infer<typeof checkpointRef>;

/** One resumption: when, from where (null: from the beginning), how the run had ended, and what was other than before. */
export const resumeEntry = z.strictObject({
  at: z.number(),
  from: checkpointRef.nullable(),
  status: runStatus,
  reason: z.string().nullable(),
  changed: z.array(z.enum(['code', 'packages'])),
});
export type ResumeEntry = z.infer<typeof resumeEntry>;

/** How another dataset fits a stored model; what is in `refused` stops an evaluation, the rest is named beside its result. */
export const datasetFit = z.strictObject({
  /** Sentences; empty when the model can be applied. */
  refused: z.array(z.string()),
  missingColumns: z.array(z.string()),
  otherTypes: z.array(
    z.strictObject({ column: z.string(), expected: z.enum(['numbers', 'levels']), found: columnType }),
  ),
  /** Levels that the training part did not have; their rows count as the reference level. */
  newCategories: z.array(z.strictObject({ column: z.string(), levels: z.array(z.string()), rows: z.int() })),
  /** Numbers that lie elsewhere than in training; `factor` is how many times larger they are when a known conversion explains it. */
  units: z.array(
    z.strictObject({
      column: z.string(),
      trainingMedian: z.number(),
      median: z.number(),
      conversion: z.string().nullable(),
    }),
  ),
  /** Rows with a target. */
  rows: z.int(),
  /** Persons among them, null when the dataset names no subject column. */
  subjects: z.int().nullable(),
  /** Persons (near-identical images count too) that the model saw in training, early stopping or the choice of its threshold; null when nobody can say. */
  subjectsSeenInTraining: z.int().nullable(),
  /** Rows of those persons: they are left out. */
  excludedRows: z.int(),
  /** Further rows that are left out, since their images look the same as one that the model saw; absent for tables. */
  imagesSeenInTraining: z.int().optional(),
});
export type DatasetFit = z.infer<typeof datasetFit>;

/** What a run of `evaluate` says about itself. */
export const evaluationOf = datasetFit.extend({ run: runId });
export type EvaluationOf = z.infer<typeof evaluationOf>;

export const rerunCause = z.enum(['data', 'code', 'params', 'packages', 'seed', 'device', 'nondeterministic-op']);
export type RerunCause = z.infer<typeof rerunCause>;

/** Whether a run from another's record came to the same, and if not the first cause in the order of `rerunCause`. */
export const rerunVerdict = z.strictObject({
  of: runId,
  verdict: z.enum(['identical', 'within-noise', 'different']),
  cause: rerunCause.nullable(),
  /** All that differs between the two records, in that order, in words. */
  differences: z.array(z.strictObject({ cause: rerunCause, what: z.string(), before: z.string(), now: z.string() })),
  /** Held-out metrics that are not the same. */
  metrics: z.array(z.strictObject({ key: z.string(), before: z.number(), now: z.number() })),
  /** Range of each main metric over runs that differ in the seed only; empty when nobody had to look. */
  spread: z.array(z.strictObject({ key: z.string(), low: z.number(), high: z.number(), runs: z.int() })),
});
export type RerunVerdict = z.infer<typeof rerunVerdict>;

/** Everything recorded about one run except its series, predictions and log. */
export const runDetail = runSummary.extend({
  target: z.string().nullable(),
  features: z.array(z.string()),
  split: splitSummary.nullable(),
  environment: environment.nullable(),
  /** Names of the series, sorted, and of those the ones that have a single point. */
  seriesKeys: z.array(z.string()),
  loggedOnce: z.array(z.string()),
  artifacts: z.array(artifact),
  /** Models that a script logged beside its artifacts, the newest first; files from the model's own folder. */
  loggedModels: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      type: z.string().nullable(),
      status: z.enum(['pending', 'ready', 'failed']),
      files: z.array(artifact),
    }),
  ),
  /** Datasets that a script said it read; those of a recipe are in `dataset`. `context`: what for. */
  inputs: z.array(z.strictObject({ name: z.string(), digest: z.string(), context: z.string().nullable() })),
  /** Coefficient table of a `logistic` run; null for others. */
  coefficients: z
    .array(
      z.strictObject({
        name: z.string(),
        outcome: z.string(),
        coefficient: z.number(),
        standardError: z.number().nullable(),
        /** e^coefficient of a classification, whose interval `low` to `high` is; null for a regression, whose interval is that of the coefficient. */
        oddsRatio: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        p: z.number().nullable(),
      }),
    )
    .nullable(),
  /** What each feature is worth on held-out data; null when nobody asked or it could not be measured. */
  importance: importance.nullable(),
  engineReason: z.string().nullable(),
  /** Whether `resume` would go on with it, and if not why. */
  resumable: z.strictObject({ can: z.boolean(), why: z.string().nullable() }),
  /** The newest place to go on from; null when it would begin anew, and for a finished run. */
  checkpoint: checkpointRef.nullable(),
  resumes: z.array(resumeEntry),
  /** Of a run that applied another's model to other data. */
  evaluationOf: evaluationOf.nullable(),
  /** Of a run from another's record, once both have been compared. */
  rerun: rerunVerdict.nullable(),
  /** Of a run that is a command of one's own; null for a recipe's, as the next two. */
  command: commandRecord.nullable(),
  /** The command's code; null until it has been read. */
  codeSnapshot: codeSnapshot.nullable(),
  commandEnvironment: commandEnvironment.nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;
