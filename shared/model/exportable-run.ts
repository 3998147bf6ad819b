import { z } from 'zod';
import { exportFamily, exportMetric, exportPackage, ruleId } from './export-dictionary.ts';
import { endStatus, engineId, task } from './run.ts';

/*
 * All that can leave, field by field (docs/privacy.md). Everything here is an enum, a checked pattern or a number that passed
 * the gate; there is no free text and no bag for extras. Renderers see this and nothing else.
 */

const suppressed = z.strictObject({ suppressed: ruleId });
export type Suppressed = z.infer<typeof suppressed>;

/** A count rounded to the policy's base, or the rule that kept it. */
const releasedCount = z.union([z.int().nonnegative(), suppressed]);
export type ReleasedCount = z.infer<typeof releasedCount>;

const share = z.number().min(0).max(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const versionText = z.string().regex(/^\d{1,4}(\.\d{1,4}){0,3}$/);
const runLabel = z.string().regex(/^Run [1-9]\d?$/);
const datasetLabel = z.string().regex(/^Dataset [1-9]\d?$/);
export const siteLabel = z.string().regex(/^[A-Za-z][A-Za-z0-9 _.-]{0,63}$/);

/** Intervals are 95 %; `decimals` is how many the number may show. A bound holds for every count the rule hides. */
const releasedMetric = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('value'),
    key: exportMetric,
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    decimals: z.int().min(0).max(6),
    method: z
      .enum(['DeLong', 'clustered DeLong', 'Wilson', 'bootstrap over subjects', 'maximum likelihood'])
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal('bound'),
    key: exportMetric,
    relation: z.enum(['at least', 'at most']),
    value: z.number(),
    decimals: z.int().min(1).max(3),
    rule: ruleId,
  }),
  z.strictObject({ kind: z.literal('suppressed'), key: exportMetric, suppressed: ruleId }),
]);
export type ReleasedMetric = z.infer<typeof releasedMetric>;

const releasedMatrix = z.strictObject({
  /** rows = truth, columns = prediction; totals are sums of these rounded counts. */
  cells: z.array(z.array(z.int())),
  rowTotals: z.array(z.int()),
  columnTotals: z.array(z.int()),
  total: z.int(),
});
export type ReleasedMatrix = z.infer<typeof releasedMatrix>;

const releasedRoc = z.strictObject({
  /** From (0, 0) to (1, 1); one point per edge between merged bins. */
  points: z.array(z.strictObject({ falsePositiveRate: share, truePositiveRate: share })),
  bins: z.int(),
  /** Index in `points` of the decision threshold; null when the matrix is suppressed. */
  operatingPoint: z.int().nullable(),
});
export type ReleasedRoc = z.infer<typeof releasedRoc>;

const releasedCalibration = z.strictObject({
  points: z.array(z.strictObject({ predicted: share, observed: share })),
});
export type ReleasedCalibration = z.infer<typeof releasedCalibration>;

const releasedHistogram = z.strictObject({
  bins: z.array(z.strictObject({ from: share, to: share, positives: z.int(), negatives: z.int() })),
});
export type ReleasedHistogram = z.infer<typeof releasedHistogram>;

const releasedEvaluation = z.strictObject({
  part: z.enum(['validation', 'test', 'oof']),
  /** What the counts below count. */
  unit: z.enum(['subjects', 'rows']),
  total: releasedCount,
  /** Binary: positives, then negatives; multiclass: class 1, class 2, … */
  classes: z.array(releasedCount),
  threshold: share.nullable(),
  thresholdRule: z.enum(['Youden index', 'sensitivity target', 'fixed']).nullable(),
  metrics: z.array(releasedMetric),
  confusion: z.union([releasedMatrix, suppressed]),
  roc: z.union([releasedRoc, suppressed]),
  calibration: z.union([releasedCalibration, suppressed]),
  histogram: z.union([releasedHistogram, suppressed]),
  /** AUC of each fold in the order of folds; null without folds. */
  foldAuc: z.union([z.array(share), suppressed]).nullable(),
});
export type ReleasedEvaluation = z.infer<typeof releasedEvaluation>;

const releasedParam = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  value: z.union([z.number(), z.boolean(), z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), z.array(z.int()).max(16)]),
});
export type ReleasedParam = z.infer<typeof releasedParam>;

const releasedSplit = z.strictObject({
  kind: z.enum(['shares', 'column', 'folds']),
  unit: z.enum(['subjects', 'rows']),
  folds: z.int().min(2).max(50).nullable(),
  /** null: the split has no such part. */
  train: releasedCount.nullable(),
  validation: releasedCount.nullable(),
  test: releasedCount.nullable(),
});
export type ReleasedSplit = z.infer<typeof releasedSplit>;

/** Words and model numbers of the hardware dictionary only. */
const deviceName = z.string().regex(/^[A-Za-z0-9]+( [A-Za-z0-9-]+){0,7}$/);

const releasedHardware = z.strictObject({
  cpu: deviceName.nullable(),
  cores: z.int().min(1).max(4096).nullable(),
  memoryGiB: z.int().min(1).max(65_536).nullable(),
  gpu: deviceName.nullable(),
  driver: versionText.nullable(),
});
export type ReleasedHardware = z.infer<typeof releasedHardware>;

const releasedEnvironment = z.strictObject({
  os: z.enum(['Linux', 'Windows', 'macOS']).nullable(),
  osMajor: z.int().min(1).max(999).nullable(),
  node: versionText.nullable(),
  packages: z.array(z.strictObject({ name: exportPackage, version: versionText })),
});
export type ReleasedEnvironment = z.infer<typeof releasedEnvironment>;

export const exportableRun = z.strictObject({
  /** New for every export, so that it links to nothing. */
  id: z.uuidv4(),
  label: runLabel,
  status: endStatus,
  task: task.nullable(),
  family: exportFamily.nullable(),
  engine: engineId.nullable(),
  day: day.nullable(),
  minutes: z.int().nonnegative().nullable(),
  dataset: datasetLabel.nullable(),
  params: z.array(releasedParam),
  code: z.strictObject({
    version: versionText.nullable(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .nullable(),
  }),
  environment: releasedEnvironment,
  hardware: releasedHardware,
  split: releasedSplit.nullable(),
  evaluation: releasedEvaluation.nullable(),
});
export type ExportableRun = z.infer<typeof exportableRun>;

export const exportableDataset = z.strictObject({
  label: datasetLabel,
  version: z.int().positive().max(9999),
  kind: z.literal('table'),
  /** How persons are counted; `unknown` keeps every statistic back. */
  persons: z.enum(['subject column', 'one row per person', 'unknown']),
  subjects: releasedCount,
  rows: releasedCount,
  /** HMAC-SHA-256 of the content hash under the site's key, first 128 bits. */
  fingerprint: z.strictObject({ hmac: z.string().regex(/^[0-9a-f]{32}$/), keyId: z.string().regex(/^[0-9a-f]{8}$/) }),
});
export type ExportableDataset = z.infer<typeof exportableDataset>;

export const exportableReport = z.strictObject({
  schema: z.literal('wardbook-report/1'),
  day,
  site: siteLabel.nullable(),
  appVersion: versionText,
  policy: z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), k: z.int().min(5), base: z.literal(5) }),
  datasets: z.array(exportableDataset),
  runs: z.array(exportableRun).min(1).max(50),
  /** Rules that changed or kept something, with how often; never what. */
  rules: z.array(z.strictObject({ rule: ruleId, changed: z.int(), refused: z.int() })),
});
export type ExportableReport = z.infer<typeof exportableReport>;
