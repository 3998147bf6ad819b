/**
 * One metric series as columns. Steps and times (ms) are int64 in the store; here they are doubles, exact to 2^53.
 * A reduced series has at most the points asked for: per range of steps the smallest and the largest value, in step order;
 * `low`/`high` then hold the envelope at each point and `count` the stored number of points.
 */
export type SeriesColumns = {
  key: string;
  count: number;
  steps: Float64Array;
  values: Float64Array;
  times: Float64Array;
  downsampled: boolean;
  /** Number of ranges shown when down-sampled. */
  ranges: number;
};

/** A point on its way into the store. */
export type MetricPoint = { key: string; step: number; value: number; time: number };
