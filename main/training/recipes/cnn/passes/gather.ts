import type { TrainingPass } from '../network/network.ts';
import type { BatchResult, Shard } from './shard.ts';

/** Adds up the shards of a batch, always in their order: sums of 32-bit numbers depend on it. */
export function gatherShards(shards: Shard[], results: (TrainingPass & { loss: number })[]): BatchResult {
  const gradient = new Float32Array(results[0]!.gradient.length);
  const statistics = new Float32Array(results[0]!.statistics.length);
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  let loss = 0;
  results.forEach((result, s) => {
    const share = shards[s]!.rows / rows;
    for (let i = 0; i < gradient.length; i++) gradient[i]! += result.gradient[i]!;
    for (let i = 0; i < statistics.length; i++) statistics[i]! += share * result.statistics[i]!;
    loss += result.loss;
  });
  return { gradient, statistics, loss };
}
