/**
 * Words of the memory through which a crew's threads agree. `NEXT` counts the items that nobody has taken yet, `DONE` those
 * that are finished, `PHASE` says what an item is, `WAKE` changes when there is something to do or `ENDED` is set.
 */
export const NEXT = 0;
export const DONE = 1;
export const PHASE = 2;
export const ENDED = 3;
export const FAILED = 4;
export const WAKE = 5;
export const WORDS = 6;

/** Does one item of a phase; what the items of one phase write must not overlap. */
export type Kernel = (phase: number, item: number) => void;

/**
 * Takes items until none is left. An item is taken before its phase is read: once taken, the phase cannot end, so a thread
 * that slept through the last one cannot mix the two up.
 */
export function workOff(control: Int32Array, kernel: Kernel): void {
  for (;;) {
    const left = Atomics.load(control, NEXT);
    if (left <= 0) return;
    if (Atomics.compareExchange(control, NEXT, left, left - 1) !== left) continue;
    try {
      kernel(Atomics.load(control, PHASE), left - 1);
    } catch (error) {
      Atomics.store(control, FAILED, 1);
      throw error;
    } finally {
      Atomics.add(control, DONE, 1);
      if (Atomics.load(control, NEXT) <= 0) Atomics.notify(control, DONE);
    }
  }
}

/** A worker's life: works off what is offered until the crew is dismissed. */
export function serve(control: Int32Array, kernel: Kernel): void {
  for (;;) {
    const wake = Atomics.load(control, WAKE);
    if (Atomics.load(control, ENDED) === 1) return;
    workOff(control, kernel);
    // The next phase mostly comes within microseconds; sleeping and waking would take longer.
    for (let spin = 0; spin < 2_000 && Atomics.load(control, WAKE) === wake; spin++);
    Atomics.wait(control, WAKE, wake);
  }
}
