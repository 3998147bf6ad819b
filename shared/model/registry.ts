import { z } from 'zod';
import { type Estimate, estimate } from './estimate.ts';
import { type Stage, stage } from './registration.ts';
import {
  type DatasetRef,
  type EvaluationOf,
  type RunBadge,
  type RunStatus,
  runId,
  runStatus,
  type SplitSummary,
} from './run.ts';

/** A name that an address (`models:/NAME/3`) and `NAME@v3` can hold: no slash, no colon, no control characters. */
export const modelName = z
  .string()
  .trim()
  .min(1)
  .max(250)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^/:\u0000-\u001f\u007f]+$/, 'a model name holds no slash, colon or control character');

/** A free alias; stages have aliases of their own. */
export const aliasName = z.string().regex(/^[\w-]{1,255}$/);

/** Who asked for a move: a person in the window or on the command line, a client of the tracking server, or an import of runs. */
export const movedVia = z.enum(['window', 'command line', 'mlflow', 'import']);
export type MovedVia = z.infer<typeof movedVia>;

export const stageMove = z.strictObject({
  at: z.number(),
  by: z.string(),
  via: movedVia,
  /** Null when the version was registered. */
  from: stage.nullable(),
  to: stage,
  reason: z.string(),
});
export type StageMove = z.infer<typeof stageMove>;

/** The run that a version comes from, as far as a list shows it. */
export const sourceRun = z.strictObject({
  id: runId,
  name: z.string(),
  study: z.string(),
  status: runStatus,
  recipe: z.string().nullable(),
  task: z.string().nullable(),
  binned: z.boolean(),
});
export type SourceRun = z.infer<typeof sourceRun>;

export const modelVersion = z.strictObject({
  model: z.string(),
  version: z.int().positive(),
  stage,
  description: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Null when a client registered files that belong to no run. */
  run: sourceRun.nullable(),
  dataset: z.strictObject({ name: z.string(), version: z.int(), hash: z.string() }).nullable(),
  /** Where a client says the files are; of a run registered here `runs:/ID/PATH`. */
  source: z.string(),
  /** Folder below the run's artifacts; empty: all of them. */
  path: z.string(),
  /** Id of the logged model (`m-…`) that a client registered. */
  loggedModel: z.string().nullable(),
  runLink: z.string(),
  /** SHA-256 over paths, lengths and hashes of the files; null when there were none. */
  hash: z.string().nullable(),
  files: z.int(),
  bytes: z.int(),
  /** Whether the record of the files still says what it said when they were registered. */
  state: z.enum(['intact', 'changed', 'no-files']),
  aliases: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  /** The held-out metric that the run is known by, key with its part; null when it has none. */
  main: z.strictObject({ key: z.string(), estimate }).nullable(),
  /** Oldest first; the first is the registration. */
  moves: z.array(stageMove),
});
export type ModelVersion = z.infer<typeof modelVersion>;

export type RegisteredModel = {
  name: string;
  description: string;
  createdAt: number;
  updatedAt: number;
  tags: Record<string, string>;
  aliases: { alias: string; version: number }[];
  /** Newest first. */
  versions: ModelVersion[];
};

/** One row of the list of models. */
export type ModelSummary = Pick<RegisteredModel, 'name' | 'description' | 'createdAt' | 'updatedAt'> & {
  versions: number;
  newest: VersionBrief | null;
  approved: VersionBrief | null;
  candidates: number;
};
export type VersionBrief = Pick<ModelVersion, 'version' | 'stage' | 'run' | 'dataset' | 'main' | 'updatedAt'>;

export const blockerCode = z.enum([
  'no-run',
  'run-not-finished',
  'subject-overlap',
  'no-held-out-result',
  'files-changed',
]);
export const cautionCode = z.enum([
  'subjects-unknown',
  'split-not-checked',
  'starts-from-another',
  'run-in-bin',
  'no-files',
  'data-changed',
  'few-subjects',
]);
/** Whether a version may be approved: what stands in the way, with what to do, and what to read first. */
export type ApprovalCheck = {
  blockers: { code: z.infer<typeof blockerCode>; message: string; next: string }[];
  cautions: { code: z.infer<typeof cautionCode>; message: string }[];
};

/** A run that applied this model to other data and came to its end. */
export type EvaluationElsewhere = {
  id: string;
  name: string;
  dataset: DatasetRef | null;
  badges: RunBadge[];
  of: EvaluationOf;
  estimates: Record<string, Estimate>;
  binned: boolean;
};

/** What the record says about a run, as far as it bears on approving its model. */
export type RunEvidence = {
  id: string;
  name: string;
  status: RunStatus;
  binned: boolean;
  badges: RunBadge[];
  split: SplitSummary | null;
  /** A recipe's run: Wardbook made its split and computed its estimates. */
  recipe: string | null;
  estimates: Record<string, Estimate>;
  /** Latest finite value of each series, where a script logs what it found. */
  logged: Record<string, number>;
  evaluations: EvaluationElsewhere[];
  /** The run whose network this one began from, and the split of that run. */
  start: { id: string; name: string; split: SplitSummary | null; sameData: boolean } | null;
};

/** What a person writes on a model card; empty texts are left out of it. */
export const cardText = z.strictObject({
  /** What it is for, and for whom. */
  purpose: z.string().max(4_000).default(''),
  /** What it must not be used for. */
  notFor: z.string().max(4_000).default(''),
  limits: z.string().max(4_000).default(''),
  contact: z.string().max(500).default(''),
  /** Columns of the dataset that results are told apart by; null: those that the record suggests. */
  groups: z.array(z.string().min(1).max(1_000)).max(6).nullable().default(null),
});
export type CardText = z.infer<typeof cardText>;

/** Held-out results of one set of persons: the run's own held-out part, or another dataset it was evaluated on. */
export type CardResult = {
  /** `test`, `oof` or `other-data`. */
  kind: 'test' | 'oof' | 'other-data';
  run: string;
  dataset: DatasetRef | null;
  estimates: { key: string; estimate: Estimate }[];
  /** Persons left out because the model had seen them; null when nobody can say. */
  seen: number | null;
};
/** One metric by the values of a column; a group under the policy's k has counts and no estimate. */
export type CardGroups = {
  column: string;
  metric: string;
  groups: { label: string; rows: number; subjects: number | null; tooFew: boolean; estimate: Estimate | null }[];
  p: number | null;
};

/** A model card, drafted from the record. Sentences in `limits` are the program's; `text` is a person's. */
export type ModelCard = {
  model: string;
  version: number;
  stage: Stage;
  description: string;
  /** Who approved it last, when it is approved. */
  approval: StageMove | null;
  hash: string | null;
  files: number;
  bytes: number;
  text: CardText;
  training: {
    run: string;
    name: string;
    study: string;
    recipe: string | null;
    task: string | null;
    engine: string | null;
    device: string | null;
    seed: number | null;
    at: number | null;
    appVersion: string | null;
    commit: string | null;
    dirty: boolean;
    params: Record<string, string | number | boolean>;
    parent: string | null;
  } | null;
  data: {
    dataset: DatasetRef;
    kind: 'table' | 'images';
    rows: number;
    subjects: number | null;
    target: string | null;
    features: string[];
    split: SplitSummary | null;
  } | null;
  results: CardResult[];
  /** Held-out values that a script logged: no interval, and no split that Wardbook has checked. */
  logged: { key: string; value: number }[];
  /** Times that a person looked at the test part at another threshold or again. */
  looks: number;
  groups: CardGroups[];
  /** Columns that a person may choose for `groups`. */
  groupable: string[];
  limits: string[];
};

/** What a version came from and what came of it, as a drawing shows it: columns from left to right. */
export type LineageNode = {
  id: string;
  kind: 'dataset' | 'run' | 'version' | 'evaluation';
  label: string;
  detail: string;
  /** Address parts for a link: a run's id, a dataset's name, a model's name and version. */
  run: string | null;
  dataset: { name: string; version: number } | null;
  model: { name: string; version: number } | null;
  binned: boolean;
};
export type Lineage = {
  nodes: LineageNode[];
  edges: { from: string; to: string; what: string }[];
};
