import { parentPort } from 'node:worker_threads';
import { toFailure } from '../../../../../shared/errors.ts';
import { isOutOfMemory } from '../../../engines/cpu/is-out-of-memory.ts';
import { loadTensors } from '../../../engines/load-tensors.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/open-network.ts';
import { runShard, scale } from './run-shard.ts';
import type { PassSetting } from './shard.ts';
import type { FromShardWorker, SharedNumbers, ToShardWorker } from './worker-messages.ts';

// Entry of a thread that computes shards on the cpu engine: each has a WebAssembly instance of its own.
let open: { net: Network; setting: PassSetting; shared: SharedNumbers } | null = null;

parentPort!.on('message', (message: ToShardWorker) => void answer(message));

async function answer(message: ToShardWorker): Promise<void> {
  try {
    parentPort!.postMessage(await compute(message));
  } catch (error) {
    const { code, message: text } = toFailure(error);
    const answer: FromShardWorker = isOutOfMemory(error)
      ? { type: 'failed', code: 'OUT_OF_MEMORY', message: 'A thread of the cpu engine ran out of memory.' }
      : { type: 'failed', code, message: text };
    parentPort!.postMessage(answer);
  }
}

async function compute(message: ToShardWorker): Promise<FromShardWorker> {
  if (message.type === 'open') {
    const { setting, shared } = message;
    open = { net: openNetwork(await loadTensors('cpu'), setting.architecture), setting, shared };
    return { type: 'done', loss: 0 };
  }
  const { net, setting, shared } = open!;
  if (message.type === 'scores') {
    const x = Float32Array.from(message.pixels);
    scale(x, setting.pixels);
    return { type: 'scores', scores: await net.scores(shared, x, message.rows) };
  }
  const { gradient, statistics, loss } = await runShard(net, setting, shared, message.shard);
  shared.gradients[message.slot]!.set(gradient);
  shared.ofShards[message.slot]!.set(statistics);
  return { type: 'done', loss };
}
