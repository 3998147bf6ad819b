import type { ParamValue, Task } from '../../../../shared/model/run.ts';
import type { BoostingOptions } from '../trees/boosting/arena.ts';
import { classWeights } from '../trees/class-weights.ts';

/** Params as boosting takes them. */
export function boostingOptions(
  task: Task,
  classes: number,
  params: Record<string, ParamValue>,
): BoostingOptions & { maxBins: number } {
  return {
    loss: task === 'regression' ? 'squared' : task === 'binary' ? 'logistic' : 'softmax',
    outputs: task === 'multiclass' ? classes : 1,
    focalGamma: params.imbalance === 'focal' ? Number(params.focal_gamma) : 0,
    maxLeaves: Number(params.max_leaves),
    maxDepth: Number(params.max_depth),
    minSamplesLeaf: Number(params.min_samples_leaf),
    l2: Number(params.l2),
    learningRate: Number(params.learning_rate),
    maxBins: Number(params.max_bins),
  };
}

/** Weights of rows by the classes of the training part; none unless they are asked for. */
export function rowWeigher(
  train: Float64Array,
  classes: number,
  params: Record<string, ParamValue>,
): (y: Float64Array) => Float64Array | null {
  if (params.imbalance !== 'weights' || classes < 2) return () => null;
  const byClass = classWeights(train, classes, true);
  return (y) => y.map((k) => byClass[k]!);
}
