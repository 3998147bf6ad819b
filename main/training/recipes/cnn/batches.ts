import { createRandom } from '../../../../shared/statistics/random.ts';
import type { ImageSamples } from '../recipe.ts';
import { drawMix, mixRows } from './loss/mix.ts';
import type { Shard } from './passes/shard.ts';
import { seedOf } from './seed-of.ts';

/** Images that are normalised together: few, so that the numbers do not hang on how many threads share a batch. */
export const SHARD = 32;

export type BatchSetting = { seed: number; mixup: number; targets: Float32Array; rowWeights: Float64Array };

/** Rows in the order of one epoch (Fisher–Yates from the run's seed and the epoch alone). */
export function orderOf(rows: number, seed: number, epoch: number): Int32Array {
  const random = createRandom(seedOf(seed, 1, epoch));
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A batch in shards of about equal size, at most `most` images each. */
export function shardsOf(
  rows: Int32Array,
  train: ImageSamples,
  { seed, mixup, targets, rowWeights }: BatchSetting,
  epoch: number,
  most: number,
): Shard[] {
  const count = Math.ceil(rows.length / most);
  return Array.from({ length: count }, (_, s) => {
    const from = Math.floor((s * rows.length) / count);
    const at = rows.slice(from, Math.floor(((s + 1) * rows.length) / count));
    const own = seedOf(seed, 2, epoch, at[0]!);
    const outputs = targets.length / train.rows;
    const plain = {
      targets: Float32Array.from({ length: at.length * outputs }, (_, i) => {
        return targets[at[Math.floor(i / outputs)]! * outputs + (i % outputs)]!;
      }),
      weights: Float32Array.from(at, (row) => rowWeights[row]! / rows.length),
    };
    const mix = mixup === 0 ? null : drawMix(at.length, mixup, createRandom(seedOf(own, 3)));
    return {
      rows: at.length,
      pixels: train.read(at),
      seeds: at.map((row) => seedOf(seed, 4, epoch, row)),
      mix,
      targets: mix === null ? plain.targets : mixRows(plain.targets, mix),
      weights: mix === null ? plain.weights : mixRows(plain.weights, mix),
      seed: seedOf(own, 5),
    };
  });
}
