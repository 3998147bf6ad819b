import { createRandom } from '../../../../../shared/statistics/random.ts';
import { augment, isNone } from '../augment/augment.ts';
import type { LossFunction } from '../loss/loss.ts';
import { manyClassLoss } from '../loss/many-class.ts';
import { mixRows } from '../loss/mix.ts';
import { squaredLoss } from '../loss/squared.ts';
import { twoClassLoss } from '../loss/two-class.ts';
import { featuresOf } from '../network/architecture.ts';
import type { Weights } from '../network/initial.ts';
import type { Network, TrainingPass } from '../network/network.ts';
import type { PassSetting, PixelScale, Shard } from './shard.ts';

/** Gradient, statistics and loss of one shard: the same numbers wherever it is computed on the same engine. */
export async function runShard(
  net: Network,
  setting: PassSetting,
  weights: Weights,
  shard: Shard,
): Promise<TrainingPass & { loss: number }> {
  const lossOf = lossFunction(setting);
  let loss = 0;
  const pass = await net.train(
    weights,
    prepare(shard, setting),
    shard.rows,
    (scores) => {
      const { value, slope } = lossOf(scores, shard.targets, shard.weights);
      loss = value;
      return slope;
    },
    dropoutMask(shard, setting),
    setting.firstTrained,
    shard.seed,
  );
  return { ...pass, loss };
}

export function lossFunction({ loss, architecture }: PassSetting): LossFunction {
  if (loss.kind === 'number') return squaredLoss;
  const { outputs } = architecture;
  return outputs === 1 ? twoClassLoss(loss.gamma) : manyClassLoss(outputs, loss.gamma);
}

/** The network's input for a shard: augmented, scaled, mixed. */
export function prepare(shard: Shard, { architecture, pixels, augmentation }: PassSetting): Float32Array {
  const x = new Float32Array(shard.pixels.length);
  const size = x.length / shard.rows;
  if (shard.seeds === null || isNone(augmentation)) x.set(shard.pixels);
  else {
    for (let i = 0; i < shard.rows; i++) {
      const image = shard.pixels.subarray(i * size, (i + 1) * size);
      augment(image, architecture, augmentation, shard.seeds[i]!, x, i * size);
    }
  }
  scale(x, pixels);
  return shard.mix === null ? x : mixRows(x, shard.mix);
}

export function scale(x: Float32Array, { mean, deviation }: PixelScale): void {
  const channels = mean.length;
  for (let i = 0; i < x.length; i++) x[i] = (x[i]! - mean[i % channels]!) / deviation[i % channels]!;
}

/** Inverted dropout: what is kept is scaled up, so that prediction needs no change. */
function dropoutMask({ rows, seed }: Shard, { dropout, architecture }: PassSetting): Float32Array | null {
  if (dropout === 0) return null;
  const random = createRandom(seed);
  const kept = 1 / (1 - dropout);
  const length = rows * featuresOf(architecture);
  return Float32Array.from({ length }, () => (random.uniform() < dropout ? 0 : kept));
}
