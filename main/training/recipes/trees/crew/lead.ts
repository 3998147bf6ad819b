import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../../../platform/entry.ts';
import { DONE, ENDED, FAILED } from './control.ts';

/** What every helper of a crew is started with: which kernel to build, from which shared memory, and how to hear of work. */
export type CrewData = { kind: string; arena: object; control: Int32Array };

/**
 * Starts the helpers of a crew and says in its memory when one ends before its time. In a thread of its own: the one that waits
 * for them is blocked and would never hear of it.
 */
export function lead(helpers: number, data: CrewData): void {
  const { control } = data;
  for (let i = 0; i < helpers; i++) {
    const worker = new Worker(entryUrl('training/recipes/trees/tree-worker'), {
      workerData: data,
      name: 'tree-worker',
    });
    // What went wrong is no more than that it ended.
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (Atomics.load(control, ENDED) === 1) return;
      Atomics.store(control, FAILED, 1);
      Atomics.notify(control, DONE);
    });
  }
}
