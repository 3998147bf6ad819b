import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../platform/entry.ts';
import { ImageProblem } from './decode/decoded.ts';
import type { DecodeAnswer, DecodeJob, Inspected } from './decode-jobs.ts';

/** Threads that decode images, each one job at a time; a thread that hangs, dies or breaks is replaced. */
export type DecodePool = {
  threads: number;
  /** Rejects with ImageProblem. */
  inspect(path: string): Promise<Inspected>;
  squares(job: Omit<Extract<DecodeJob, { kind: 'squares' }>, 'kind'>): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** More gain little: reading and writing then take the time. */
const MOST_THREADS = 8;
/** Objects of a thread; samples lie outside and are bounded by the number of pixels. */
const HEAP_MIB = 512;

type Waiting = { job: DecodeJob; resolve(answer: DecodeAnswer): void; reject(error: unknown): void };

/** `timeoutMs` ends a job that takes longer. */
export function createDecodePool(
  timeoutMs: number,
  threads = Math.min(MOST_THREADS, availableParallelism()),
): DecodePool {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let closed = false;

  function start(): Worker {
    const worker = new Worker(entryUrl('store/images/decode-worker'), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
    all.add(worker);
    worker.on('exit', () => all.delete(worker));
    return worker;
  }

  function next(): void {
    if (closed || queue.length === 0) return;
    const worker = idle.pop() ?? (all.size < threads ? start() : undefined);
    if (worker === undefined) return;
    perform(worker, queue.shift()!);
    next();
  }

  function perform(worker: Worker, { job, resolve, reject }: Waiting): void {
    const settle = (reusable: boolean, tell: () => void): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error');
      worker.on('error', () => {});
      if (reusable) idle.push(worker);
      else {
        all.delete(worker);
        void worker.terminate();
      }
      tell();
      next();
    };
    const timer = setTimeout(() => {
      const seconds = Math.round(timeoutMs / 1000);
      settle(false, () => reject(new ImageProblem('IMAGE_TOO_SLOW', `took more than ${seconds} seconds to decode`)));
    }, timeoutMs);
    worker.removeAllListeners('error');
    worker.once('error', (error: Error & { code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || /allocation failed/i.test(error.message);
      settle(false, () =>
        reject(
          memory
            ? new ImageProblem('IMAGE_TOO_LARGE', 'needs more memory than one image may use')
            : new ImageProblem('IMAGE_DAMAGED', 'is damaged: it cannot be decoded'),
        ),
      );
    });
    worker.once('message', (answer: DecodeAnswer) => settle(answer.kind !== 'trapped', () => resolve(answer)));
    worker.postMessage(job);
  }

  function run(job: DecodeJob): Promise<DecodeAnswer> {
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      next();
    });
  }

  return {
    threads,
    async inspect(path) {
      const answer = await run({ kind: 'inspect', path });
      if (answer.kind === 'inspected') return answer.image;
      throw problemOf(answer);
    },
    async squares(job) {
      const answer = await run({ kind: 'squares', ...job });
      if (answer.kind === 'squares') return answer.samples;
      throw problemOf(answer);
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0))
        reject(new ImageProblem('IMAGE_TOO_SLOW', 'was not decoded: the work was ended'));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function problemOf(answer: DecodeAnswer): ImageProblem {
  if (answer.kind === 'problem') return new ImageProblem(answer.code, answer.reason);
  return new ImageProblem('IMAGE_DAMAGED', 'is damaged: its decoder gave up');
}
