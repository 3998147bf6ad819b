import { type Random, type RandomState, restoreRandom } from '../../../../shared/statistics/random.ts';
import type { FitState } from '../recipe.ts';
import type { Network } from './network.ts';

/** Where a fit of an mlp stands after an epoch: everything that the next one depends on. */
export type Progress = {
  epoch: number;
  /** Smaller than asked for once memory ran out. */
  batchSize: number;
  best: { epoch: number; loss: number; parameters: Float32Array[] };
  /** Rows of the training part in the order of the last epoch, which the next one shuffles further. */
  order: Int32Array;
};

export async function saveProgress(network: Network, random: Random, progress: Progress): Promise<FitState> {
  const { steps, arrays } = await network.state();
  const { epoch, batchSize, best, order } = progress;
  return {
    document: { epoch, batchSize, steps, bestEpoch: best.epoch, bestLoss: best.loss, random: random.state() },
    arrays: [order.slice(), ...best.parameters, ...arrays],
  };
}

/** Brings a new network to where the saved one stood; the random source goes on from there too. */
export function restoreProgress(network: Network, saved: FitState): Progress & { random: Random } {
  const { epoch, batchSize, steps, bestEpoch, bestLoss, random } = saved.document as {
    epoch: number;
    batchSize: number;
    steps: number;
    bestEpoch: number;
    bestLoss: number;
    random: RandomState;
  };
  const [order, ...arrays] = saved.arrays as [Int32Array, ...Float32Array[]];
  // Parameters of the best epoch, then parameters, means and squares of the last one.
  const count = arrays.length / 4;
  network.restore({ steps, arrays: arrays.slice(count) });
  const restored = restoreRandom(random);
  network.continueFrom(restored);
  return {
    epoch,
    batchSize,
    best: { epoch: bestEpoch, loss: bestLoss, parameters: arrays.slice(0, count) },
    order,
    random: restored,
  };
}
