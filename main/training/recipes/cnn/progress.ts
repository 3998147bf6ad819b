import type { FitState } from '../recipe.ts';
import type { Weights } from './network/initial.ts';
import type { Average } from './optimizer/average.ts';
import type { Optimizer } from './optimizer/optimizer.ts';

/** Where a fit stands after an epoch: everything that the next one depends on. */
export type Progress = {
  epoch: number;
  /** Steps of the optimiser so far. */
  steps: number;
  batchSize: number;
  weights: Weights;
  best: { epoch: number; loss: number; weights: Weights } | null;
  average: Average;
  /** Weights at the ends of the cycles so far. */
  snapshots: Weights[];
};

const copyOf = ({ parameters, statistics }: Weights): Float32Array[] => [parameters.slice(), statistics.slice()];
const weightsOf = (arrays: Float32Array[], at: number): Weights => ({
  parameters: arrays[at]!,
  statistics: arrays[at + 1]!,
});

export function saveProgress(progress: Progress, optimizer: Optimizer): FitState {
  const { epoch, steps, batchSize, weights, best, average, snapshots } = progress;
  return {
    document: {
      epoch,
      steps,
      batchSize,
      best: best === null ? null : { epoch: best.epoch, loss: best.loss },
      averaged: average.count,
      snapshots: snapshots.length,
    },
    arrays: [
      ...copyOf(weights),
      average.mean(),
      ...(best === null ? [] : copyOf(best.weights)),
      ...snapshots.flatMap(copyOf),
      ...optimizer.state().map((array) => array.slice()),
    ],
  };
}

export function restoreProgress(saved: FitState, average: Average, optimizer: Optimizer): Progress {
  const { epoch, steps, batchSize, best, averaged, snapshots } = saved.document as {
    epoch: number;
    steps: number;
    batchSize: number;
    best: { epoch: number; loss: number } | null;
    averaged: number;
    snapshots: number;
  };
  const arrays = saved.arrays.map((array) => Float32Array.from(array));
  average.restore(arrays[2]!, averaged);
  let at = 3;
  const take = (): Weights => {
    at += 2;
    return weightsOf(arrays, at - 2);
  };
  const kept = best === null ? null : { ...best, weights: take() };
  const ends = Array.from({ length: snapshots }, take);
  optimizer.restore(arrays.slice(at), steps);
  return { epoch, steps, batchSize, weights: weightsOf(arrays, 0), best: kept, average, snapshots: ends };
}
