export type Rate = { value: number; unit: string };

/** Speed is that of these last milliseconds, so that it follows what happens now. */
const WINDOW_MS = 5_000;

/** How fast a fit goes, and how long what is left will take at the speed so far. */
export function createPace(now: () => number = () => performance.now()) {
  let steps: { at: number; step: number; unit: string }[] = [];
  let first: { at: number; done: number } | null = null;
  return {
    /** A step (epoch, tree) is done. */
    step(step: number, unit: string): void {
      const at = now();
      // A new fit counts from its own beginning.
      if (steps.length > 0 && step <= steps.at(-1)!.step) steps = [];
      steps.push({ at, step, unit });
      while (steps.length > 2 && at - steps[0]!.at > WINDOW_MS) steps.shift();
    },
    rate(): Rate | null {
      const [from, to] = [steps[0], steps.at(-1)];
      if (from === undefined || to === undefined || to.at - from.at < 50) return null;
      return { value: ((to.step - from.step) / (to.at - from.at)) * 1000, unit: to.unit };
    },
    /** Milliseconds left when `done` (0 to 1) of the whole is; null while nobody can tell. A resumed run does not begin at 0. */
    left(done: number): number | null {
      const at = now();
      first ??= { at, done };
      const gained = done - first.done;
      return gained > 0.02 && at - first.at > 500 ? Math.round(((at - first.at) / gained) * (1 - done)) : null;
    },
  };
}
