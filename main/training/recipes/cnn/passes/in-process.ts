import type { Tensors } from '../../../engines/engine.ts';
import { openNetwork } from '../network/open-network.ts';
import { chunksOf } from './chunks.ts';
import { gatherShards } from './gather.ts';
import { runShard, scale } from './run-shard.ts';
import type { Passes, PassSetting } from './shard.ts';

/** Passes one after the other in this thread, for engines that spread the work themselves. */
export function passesInProcess(tf: Tensors, setting: PassSetting): Passes {
  const net = openNetwork(tf, setting.architecture);
  return {
    where: 'in one thread',
    async gradient(weights, shards) {
      const results = [];
      for (const shard of shards) results.push(await runShard(net, setting, weights, shard));
      return gatherShards(shards, results);
    },
    async scores(weights, images) {
      const { outputs } = setting.architecture;
      const all = new Float32Array(images.rows * outputs);
      for (const at of chunksOf(images.rows)) {
        const x = Float32Array.from(images.read(at));
        scale(x, setting.pixels);
        all.set(await net.scores(weights, x, at.length), at[0]! * outputs);
      }
      return all;
    },
    close() {},
  };
}
