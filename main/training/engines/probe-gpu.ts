import { startChild } from '../../platform/child.ts';
import { entryUrl } from '../../platform/entry.ts';
import { fromTrainer } from '../protocol.ts';
import type { GpuInfo } from './open-gpu.ts';

export type GpuProbe = { gpu: GpuInfo | null; reason: string };

const TIMEOUT_MS = 10_000;
let known: Promise<GpuProbe> | null = null;

/** What WebGPU finds on this machine, asked once per process. */
export function probeGpu(): Promise<GpuProbe> {
  known ??= askChild();
  return known;
}

/** Asks in a child with a time limit, since a broken driver may crash or hang whoever loads it. */
function askChild(): Promise<GpuProbe> {
  return new Promise((resolve) => {
    const child = startChild(entryUrl('training/trainer'), {
      name: 'Wardbook GPU probe',
      onMessage(message) {
        const answer = fromTrainer.safeParse(message);
        if (answer.success && answer.data.type === 'gpu') resolve({ gpu: answer.data.gpu, reason: answer.data.reason });
      },
      onExit({ code, signal }) {
        clearTimeout(timer);
        resolve({
          gpu: null,
          reason: `Looking for a GPU ended the process that looked (${signal ?? `status ${code}`}): its driver is broken.`,
        });
      },
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ gpu: null, reason: 'Looking for a GPU took more than 10 seconds; its driver does not answer.' });
    }, TIMEOUT_MS);
    child.send({ type: 'probe' });
  });
}
