import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../../../platform/entry.ts';
import { DONE, ENDED, FAILED, type Kernel, NEXT, PHASE, WAKE, WORDS, workOff } from './control.ts';

/** What a tree worker is started with: which kernel to build, from which shared memory, and how to hear of work. */
export type CrewData<Arena> = { kind: string; arena: Arena; control: Int32Array };

/**
 * The calling thread and its workers, who work off the items of one phase after another. Who does an item is left to chance
 * and must not matter: the result of an item depends on the item alone, so results are the same for any number of threads.
 */
export class Crew {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  readonly #kernel: Kernel;
  readonly #workers: Worker[];

  /** `threads` counts the calling one. */
  constructor(kind: string, arena: object, kernel: Kernel, threads: number) {
    this.#kernel = kernel;
    const workerData: CrewData<object> = { kind, arena, control: this.#control };
    this.#workers = Array.from(
      { length: threads - 1 },
      () => new Worker(entryUrl('training/recipes/trees/tree-worker'), { workerData, name: 'tree-worker' }),
    );
    for (const worker of this.#workers) {
      // A worker that fails on its way in leaves its share to the others; one that fails at work sets FAILED itself.
      worker.on('error', () => {});
      worker.unref();
    }
  }

  get threads(): number {
    return this.#workers.length + 1;
  }

  /** Does all items of a phase; with `alone` on the calling thread, for work shorter than waking somebody. */
  run(phase: number, items: number, alone = false): void {
    const control = this.#control;
    if (alone || items === 1 || this.#workers.length === 0) {
      for (let item = items - 1; item >= 0; item--) this.#kernel(phase, item);
      return;
    }
    Atomics.store(control, DONE, 0);
    Atomics.store(control, PHASE, phase);
    Atomics.store(control, NEXT, items);
    Atomics.add(control, WAKE, 1);
    Atomics.notify(control, WAKE);
    workOff(control, this.#kernel);
    for (let spin = 0; ; spin++) {
      const done = Atomics.load(control, DONE);
      if (done === items) break;
      if (spin > 2_000) Atomics.wait(control, DONE, done, 100);
    }
    if (Atomics.load(control, FAILED) === 1) throw new Error('A tree worker failed.');
  }

  /** Dismisses the workers; they end by themselves. */
  close(): void {
    Atomics.store(this.#control, ENDED, 1);
    Atomics.add(this.#control, WAKE, 1);
    Atomics.notify(this.#control, WAKE);
  }
}
