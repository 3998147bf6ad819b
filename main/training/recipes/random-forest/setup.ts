import type { ParamValue, Task } from '../../../../shared/model/run.ts';
import type { ForestOptions } from '../trees/forest/arena.ts';

/** Params as a forest takes them. */
export function forestOptions(
  task: Task,
  classes: number,
  rows: number,
  columns: number,
  params: Record<string, ParamValue>,
): ForestOptions {
  return {
    classes: task === 'regression' ? 0 : classes,
    maxFeatures: featuresPerSplit(String(params.max_features), task, columns),
    maxDepth: Number(params.max_depth),
    minSamplesLeaf: Number(params.min_samples_leaf),
    sampled: Math.max(1, Math.round(Number(params.sample_share) * rows)),
  };
}

function featuresPerSplit(wanted: string, task: Task, columns: number): number {
  const way = wanted === 'auto' ? (task === 'regression' ? 'all' : 'sqrt') : wanted;
  if (way === 'all') return columns;
  return Math.max(1, Math.floor(way === 'sqrt' ? Math.sqrt(columns) : columns / 3));
}
