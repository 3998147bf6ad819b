import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../../shared/errors.ts';
import { entryUrl } from '../../../../platform/entry.ts';
import { DONE, ENDED, FAILED, type Kernel, NEXT, PHASE, WAKE, WORDS, workOff } from './control.ts';

/**
 * The calling thread and its workers, who work off the items of one phase after another. Who does an item is left to chance
 * and must not matter: the result of an item depends on the item alone, so results are the same for any number of threads.
 */
export class Crew {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  readonly #kernel: Kernel;
  readonly #helpers: number;

  /** `threads` counts the calling one. */
  constructor(kind: string, arena: object, kernel: Kernel, threads: number) {
    this.#kernel = kernel;
    this.#helpers = threads - 1;
    if (this.#helpers === 0) return;
    const workerData = { kind: 'lead', helpers: this.#helpers, of: { kind, arena, control: this.#control } };
    const worker = new Worker(entryUrl('training/recipes/trees/tree-worker'), { workerData, name: 'tree-crew' });
    worker.on('error', () => {});
    worker.unref();
  }

  get threads(): number {
    return this.#helpers + 1;
  }

  /** Does all items of a phase, or throws TRAINER_CRASHED once a helper has ended early; with `alone` on the calling thread, for work shorter than waking somebody. */
  run(phase: number, items: number, alone = false): void {
    const control = this.#control;
    if (alone || items === 1 || this.#helpers === 0) {
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
      if (done === items || Atomics.load(control, FAILED) === 1) break;
      if (spin > 2_000) Atomics.wait(control, DONE, done, 100);
    }
    if (Atomics.load(control, FAILED) === 1) {
      throw new AppError('TRAINER_CRASHED', 'A thread that grows trees ended early; the log may say why.');
    }
  }

  /** Dismisses the workers; they end by themselves. */
  close(): void {
    Atomics.store(this.#control, ENDED, 1);
    Atomics.add(this.#control, WAKE, 1);
    Atomics.notify(this.#control, WAKE);
  }
}
