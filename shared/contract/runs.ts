import { z } from 'zod';
import type { Estimate } from '../model/estimate.ts';
import type { EvaluationPart, EvaluationView } from '../model/evaluation.ts';
import { type RunDetail, type RunSummary, runId } from '../model/run.ts';
import type { SeriesColumns } from '../model/series.ts';
import { call } from './call.ts';

const some = z.array(runId).min(1).max(100_000);

export type RunPage = { total: number; all: number; runs: RunSummary[]; next: string | null; tookMs: number };
export type StudySummary = { id: string; name: string; runs: number; createdAt: number };
/**
 * The difference `a − b` in one metric with its paired test; `verdict` as in docs/cli.md. The numbers are null where the
 * two runs cannot be compared or the metric is undefined; the sentence then says why.
 */
export type CompareTest = {
  a: string;
  b: string;
  metric: string;
  difference: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
  /** Rows and persons that both runs predicted; persons are null without a subject column. */
  rows: number;
  subjects: number | null;
  verdict: 'real' | 'no-difference' | 'cannot-tell' | 'not-comparable';
  method: string;
  sentence: string;
};
/** One recorded value that differs: its text per run, in the order asked for; null where a run has none. */
export type Difference = { key: string; values: (string | null)[] };
export type Comparison = {
  runs: RunSummary[];
  differs: {
    params: Difference[];
    data: Difference[];
    code: Difference[];
    environment: Difference[];
    hardware: Difference[];
  };
  /** Recorded values compared, and how many that differ are hidden by rule (ids, times, load). */
  compared: number;
  hidden: Difference[];
  /** Keys without part that can be tested on these runs (`auc`, `brier`, …), the one tested first. */
  metrics: string[];
  tests: CompareTest[];
  /** How the tests were made, in sentences for the foot of the page. */
  caption: string;
};
/** One group's held-out rows. With `tooFew` persons (fewer than the policy's k) there are counts and no estimates. */
export type Subgroup = {
  label: string;
  rows: number;
  /** null without a subject column; rows then count as persons. */
  subjects: number | null;
  /** Rows of the positive class; null unless there are two classes. */
  positives: number | null;
  tooFew: boolean;
  /** Keys without part. */
  estimates: Record<string, Estimate>;
};
/** `kind`: each value a group, or numbers cut into bins. `heterogeneity.p`: that the metric is the same in all groups. */
export type Subgroups = {
  column: string;
  kind: 'levels' | 'bins';
  part: EvaluationPart;
  groups: Subgroup[];
  heterogeneity: { metric: string; p: number; method: string } | null;
};
/** Held-out rows, the largest loss first; cells are of the run's features. Records of persons: they stay on this machine. */
export type WorstRows = {
  part: EvaluationPart;
  classes: string[];
  rows: {
    /** Row of the dataset version, and fold, from 0. */
    row: number;
    subject: string | null;
    truth: string | number;
    /** The class that the model says, at the run's threshold where there are two, or the predicted number. */
    predicted: string | number;
    /** Probability of the true class, or the predicted number. */
    score: number;
    /** −ln of that probability, or the absolute error. */
    loss: number;
    fold: number | null;
    cells: { column: string; value: string | null }[];
  }[];
};
export type Completion = { text: string; hint: string; from: number; to: number };

export const runsContract = {
  'runs.list': call<RunPage>()(
    'read',
    z.strictObject({
      study: z.string().nullable(),
      filter: z.string(),
      /** `metrics.auc`, `started`, …; null: newest first. */
      sort: z.strictObject({ key: z.string(), descending: z.boolean() }).nullable(),
      limit: z.int().min(1).max(10_000),
      cursor: z.string().nullable(),
      /** Rows to skip when there is no cursor: a table that is scrolled far asks for what is in sight. */
      offset: z.int().nonnegative().optional(),
      bin: z.boolean(),
    }),
  ),
  /** Aggregates over replicates for the group-by rows: same filter, grouped by one key. */
  'runs.groups': call<
    { group: string; runs: number; metrics: Record<string, { mean: number; sd: number | null; n: number }> }[]
  >()('read', z.strictObject({ study: z.string().nullable(), filter: z.string(), by: z.string() })),
  'runs.complete': call<Completion[]>()('read', z.strictObject({ filter: z.string(), at: z.int().nonnegative() })),
  /** Full text over names, notes and params of all studies, best first: for the command palette. */
  'runs.search': call<{ id: string; name: string; study: string }[]>()(
    'read',
    z.strictObject({ text: z.string().max(1_000), limit: z.int().min(1).max(100) }),
  ),
  /** Every key that exists, for the column chooser. */
  'runs.keys': call<{ params: string[]; metrics: string[]; tags: string[] }>()(
    'read',
    z.strictObject({ study: z.string().nullable() }),
  ),
  'runs.show': call<RunDetail>()('read', z.strictObject({ id: runId })),
  'runs.compare': call<Comparison>()(
    'read',
    z.strictObject({ ids: z.array(runId).min(1).max(50), metric: z.string().nullable() }),
  ),
  'runs.series': call<{ id: string; series: SeriesColumns[] }[]>()(
    'read',
    z.strictObject({
      ids: z.array(runId).min(1).max(50),
      keys: z.array(z.string()).min(1).max(200),
      maxPoints: z.int().min(2).max(20_000),
    }),
  ),
  'runs.log': call<{ lines: { n: number; text: string }[]; total: number }>()(
    'read',
    z.strictObject({ id: runId, search: z.string(), from: z.int().nonnegative(), limit: z.int().min(1).max(5_000) }),
  ),
  'runs.evaluation': call<EvaluationView>()('read', z.strictObject({ id: runId })),
  /** Held-out estimates by the values of one column, or by bins of about equal numbers of rows. */
  'runs.subgroups': call<Subgroups>()(
    'read',
    z.strictObject({ id: runId, column: z.string().min(1).max(1_000), bins: z.int().min(2).max(10).nullable() }),
  ),
  'runs.worst': call<WorstRows>()('read', z.strictObject({ id: runId, limit: z.int().min(1).max(200) })),
  /** A person looked at a test part at another threshold or again: counted in the audit log. */
  'runs.look': call<{ looks: number }>()('write', z.strictObject({ id: runId })),
  'runs.rename': call<null>()('write', z.strictObject({ id: runId, name: z.string().min(1).max(200) })),
  'runs.note': call<null>()('write', z.strictObject({ id: runId, note: z.string().max(10_000) })),
  'runs.tag': call<null>()(
    'write',
    z.strictObject({ ids: some, key: z.string().min(1).max(250), value: z.string().max(5_000).nullable() }),
  ),
  'runs.bin': call<null>()('write', z.strictObject({ ids: some })),
  'runs.restore': call<null>()('write', z.strictObject({ ids: some })),
  'studies.list': call<StudySummary[]>()('read', z.strictObject({})),
  /** The study that clients of the tracking server know by this number; null when there is none. */
  'studies.numbered': call<StudySummary | null>()('read', z.strictObject({ number: z.int().nonnegative() })),
  'studies.create': call<StudySummary>()('write', z.strictObject({ name: z.string().min(1).max(200) })),
  'studies.rename': call<null>()('write', z.strictObject({ name: z.string(), to: z.string().min(1).max(200) })),
};
