import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../../shared/errors.ts';
import { entryUrl } from '../../../../platform/entry.ts';
import { layoutOf } from '../network/layout.ts';
import { chunksOf } from './chunks.ts';
import { gatherShards } from './gather.ts';
import type { Passes, PassSetting } from './shard.ts';
import type { FromShardWorker, SharedNumbers, ToShardWorker } from './worker-messages.ts';

/**
 * Passes spread over threads, for the cpu engine. Which thread computes a shard does not matter to its numbers, and sums are made
 * in the shards' order, so neither the number of threads nor their pace changes a bit of the result.
 */
export async function passesInWorkers(setting: PassSetting, threads: number): Promise<Passes> {
  const layout = layoutOf(setting.architecture);
  const shared: SharedNumbers = {
    parameters: sharedNumbers(layout.parameterCount),
    statistics: sharedNumbers(layout.statisticCount),
    gradients: [],
    ofShards: [],
  };
  const workers = Array.from({ length: threads }, startWorker);
  const idle = [...workers];
  const waiting: ((worker: ShardWorker) => void)[] = [];
  /** Gives a message to the next idle thread; it is made only then, so that what it holds does not pile up. */
  const run = async (message: () => ToShardWorker): Promise<FromShardWorker> => {
    const worker = idle.pop() ?? (await new Promise<ShardWorker>((resolve) => waiting.push(resolve)));
    try {
      return await worker.ask(message());
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else idle.push(worker);
    }
  };
  const openAll = (): Promise<unknown> =>
    Promise.all(workers.map((worker) => worker.ask({ type: 'open', setting, shared })));
  await openAll();
  return {
    where: threads === 1 ? 'in one thread' : `in ${threads} threads`,
    async gradient({ parameters, statistics }, shards) {
      if (shards.length > shared.gradients.length) {
        while (shared.gradients.length < shards.length) {
          shared.gradients.push(sharedNumbers(layout.parameterCount));
          shared.ofShards.push(sharedNumbers(layout.statisticCount));
        }
        await openAll();
      }
      shared.parameters.set(parameters);
      shared.statistics.set(statistics);
      const answers = await settled(shards.map((shard, slot) => run(() => ({ type: 'gradient', slot, shard }))));
      const results = answers.map((answer, slot) => ({
        gradient: shared.gradients[slot]!,
        statistics: shared.ofShards[slot]!,
        loss: answer.type === 'done' ? answer.loss : Number.NaN,
      }));
      return gatherShards(shards, results);
    },
    async scores({ parameters, statistics }, images) {
      shared.parameters.set(parameters);
      shared.statistics.set(statistics);
      const chunks = [...chunksOf(images.rows)];
      const answers = await settled(
        chunks.map((at) => run(() => ({ type: 'scores', pixels: images.read(at), rows: at.length }))),
      );
      const { outputs } = setting.architecture;
      const all = new Float32Array(images.rows * outputs);
      answers.forEach((answer, i) => {
        if (answer.type === 'scores') all.set(answer.scores, chunks[i]![0]! * outputs);
      });
      return all;
    },
    close() {
      for (const worker of workers) worker.end();
    },
  };
}

const sharedNumbers = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));

/** All of them, or the first failure once none is under way any more. */
async function settled<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

type ShardWorker = { ask(message: ToShardWorker): Promise<FromShardWorker>; end(): void };

/** A thread that answers one message at a time. */
function startWorker(): ShardWorker {
  const worker = new Worker(entryUrl('training/recipes/cnn/passes/shard-worker'));
  let pending: PromiseWithResolvers<FromShardWorker> | null = null;
  /** Why it answers no more: whoever asked last hears it, and whoever asks after that. */
  let broken: AppError | null = null;
  const fail = (error: AppError): void => pending?.reject(error);
  const end = (error: AppError): void => {
    broken ??= error;
    fail(broken);
  };
  worker.on('message', (answer: FromShardWorker) => {
    if (answer.type === 'failed') fail(new AppError(answer.code, answer.message));
    else pending?.resolve(answer);
  });
  worker.on('error', (cause) => {
    const memory = (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    const message = memory ? 'A thread of the cpu engine ran out of memory.' : 'A thread of the cpu engine broke.';
    end(new AppError(memory ? 'OUT_OF_MEMORY' : 'TRAINER_CRASHED', message, undefined, { cause }));
  });
  worker.on('exit', () => end(new AppError('TRAINER_CRASHED', 'A thread of the cpu engine ended early.')));
  return {
    ask(message) {
      if (broken !== null) return Promise.reject(broken);
      pending = Promise.withResolvers<FromShardWorker>();
      worker.postMessage(message);
      return pending.promise;
    },
    end: () => void worker.terminate(),
  };
}
