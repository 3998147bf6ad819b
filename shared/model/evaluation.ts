import { z } from 'zod';
import { type Estimate, estimate } from './estimate.ts';
import { task } from './run.ts';

/** `oof`: out-of-fold predictions of a k-fold run; it plays the part of `test`. */
export const evaluationPart = z.enum(['validation', 'test', 'oof']);
export type EvaluationPart = z.infer<typeof evaluationPart>;

/** What the run stores about one part of the data when it ends. */
export const partEvaluation = z.strictObject({
  part: evaluationPart,
  rows: z.int(),
  subjects: z.int().nullable(),
  /** Rows per class, in the order of `classes`; empty for regression. */
  classRows: z.array(z.int()),
  /** Keys without prefix: `auc`, `average-precision`, `brier`, `log-loss`, `calibration-intercept`, `sensitivity`, … */
  estimates: z.record(z.string(), estimate),
  /** rows = truth, columns = prediction, at `threshold` (binary) or by the largest probability; empty for regression. */
  confusion: z.array(z.array(z.int())),
});
export type PartEvaluation = z.infer<typeof partEvaluation>;

export const evaluation = z.strictObject({
  task,
  /** Class labels in the order of the score columns; the positive class of a binary target is the last. Empty for regression. */
  classes: z.array(z.string()),
  threshold: z.number().nullable(),
  /** For example `Youden index on validation`. */
  thresholdRule: z.string().nullable(),
  parts: z.array(partEvaluation),
  /** Spread over folds of the main estimates; null without folds. */
  folds: z.array(z.strictObject({ fold: z.int(), metrics: z.record(z.string(), z.number()) })).nullable(),
});
export type Evaluation = z.infer<typeof evaluation>;

/**
 * Held-out predictions of one part as columns of equal length; binary scores are the probability of the positive class
 * (one column), multiclass scores are row-major rows × classes; regression has 0 classes, and scores and truth in the unit of the
 * target. `subject[i]` numbers persons from 0; null without a subject column.
 */
export type PredictionColumns = {
  part: EvaluationPart;
  rows: number;
  classes: number;
  /** Row of the dataset version, from 0: two runs on the same data are aligned by it. */
  row: Int32Array;
  /** Index of the class, or the target's value for regression. */
  truth: Float64Array;
  scores: Float64Array;
  subject: Int32Array | null;
  fold: Int16Array | null;
};

export type EvaluationView = { evaluation: Evaluation; predictions: PredictionColumns[]; looks: number };
export type NamedEstimates = Record<string, Estimate>;
