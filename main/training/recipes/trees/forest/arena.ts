import type { BinArena } from '../binning.ts';
import { sharedFloat64, sharedInt32 } from '../shared-memory.ts';

export type ForestOptions = {
  /** Classes; 0 for numbers as targets. */
  classes: number;
  /** Columns tried at each node. */
  maxFeatures: number;
  /** 0: no limit. */
  maxDepth: number;
  /** Rows (each counted once, however often it was drawn) that a child must have. */
  minSamplesLeaf: number;
  /** Rows drawn for each tree, with replacement. */
  sampled: number;
};

/** Shared memory of a forest: bins are columns × rows, `y` is the class index or the target less its mean. */
export type ForestArena = {
  binning: BinArena;
  options: ForestOptions;
  rows: number;
  columns: number;
  binCounts: Int32Array;
  y: Float64Array;
  /** Mean of the target; 0 for classes. */
  mean: number;
  /** One per class. */
  classWeights: Float64Array;
};

export function createForestArena(
  binning: BinArena,
  options: ForestOptions,
  y: Float64Array,
  classWeights: Float64Array,
): ForestArena {
  const mean = options.classes > 0 ? 0 : y.reduce((sum, value) => sum + value, 0) / y.length;
  const shared = sharedFloat64(y.length);
  for (let i = 0; i < y.length; i++) shared[i] = y[i]! - mean;
  const columns = binning.levels.length;
  return { binning, options, rows: y.length, columns, binCounts: sharedInt32(columns), y: shared, mean, classWeights };
}

/** Values of a leaf that are stored: the positive class's share, a share per class, or the mean. */
export const widthOf = ({ classes }: ForestOptions): number => (classes > 2 ? classes : 1);
