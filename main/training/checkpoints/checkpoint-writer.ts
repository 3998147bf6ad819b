import { parentPort, workerData } from 'node:worker_threads';
import { createKeeper } from './write-checkpoint.ts';
import type { FromCheckpointWriter, ToCheckpointWriter, WriterStart } from './writer-messages.ts';

// Entry of the thread that puts checkpoints on disk, so that the trainer pays for a copy only.
const keeper = createKeeper((workerData as WriterStart).folder);

parentPort!.on('message', ({ write }: ToCheckpointWriter) => {
  const before = process.threadCpuUsage();
  let failed: string | null = null;
  try {
    keeper.write(write);
  } catch (error) {
    failed = (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
  const { user, system } = process.threadCpuUsage(before);
  parentPort!.postMessage({ cpuMs: (user + system) / 1000, failed } satisfies FromCheckpointWriter);
});
