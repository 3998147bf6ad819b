/** Keys of the statistics that an evaluation holds. */
export type StatisticKey =
  | 'auc'
  | 'average-precision'
  | 'brier'
  | 'log-loss'
  | 'calibration-intercept'
  | 'calibration-slope'
  | 'accuracy'
  | 'balanced-accuracy'
  | 'sensitivity'
  | 'specificity'
  | 'ppv'
  | 'npv'
  | 'f1'
  | 'mcc'
  | 'rmse'
  | 'mae'
  | 'r2'
  | 'spearman';

/**
 * A statistic with its 95 % interval, the method that made the interval, and how many rows and persons were evaluated.
 * `subjects` is null without a subject column; undefined numbers are null, never NaN.
 */
export type StatisticEstimate = {
  value: number | null;
  low: number | null;
  high: number | null;
  method: string;
  rows: number;
  subjects: number | null;
};

/**
 * Held-out predictions. With two classes `scores` is the probability of class 1, one per row; with more it is row-major,
 * rows × classes. `truth` numbers the classes from 0. Predicted numbers have 0 classes: `scores` and `truth` are in the unit of
 * the target. `subject` numbers the persons (any integers), null without a subject
 * column. `threshold` is where a score is called positive (two classes only).
 */
export type Predictions = {
  truth: ArrayLike<number>;
  scores: Float64Array;
  classes: number;
  subject: ArrayLike<number> | null;
};

/** What stands behind every estimate of one sample. */
export type Basis = { rows: number; subjects: number | null; suffix: string };

export function estimateOf(
  value: number | null,
  interval: { low: number; high: number } | null,
  method: string,
  basis: Basis,
): StatisticEstimate {
  const defined = value !== null && Number.isFinite(value);
  return {
    value: defined ? value : null,
    low: defined ? (interval?.low ?? null) : null,
    high: defined ? (interval?.high ?? null) : null,
    method: `${method}${basis.suffix}`,
    rows: basis.rows,
    subjects: basis.subjects,
  };
}
