import { isMainThread, parentPort, workerData } from 'node:worker_threads';

// Loaded before anything else in every thread: one that helps with boosting dies with its 20th piece of work in hand, one that
// grows a forest with its fourth tree grown.
const kind = isMainThread ? undefined : (workerData as { kind?: string } | null)?.kind;
if (kind === 'forest') {
  const port = parentPort!;
  const post = port.postMessage.bind(port) as typeof port.postMessage;
  let grown = 0;
  port.postMessage = (...given: Parameters<typeof post>) => {
    if (++grown === 4) process.exit(3);
    post(...given);
  };
}
if (kind === 'boosting') {
  const exchange = Atomics.compareExchange.bind(Atomics) as (
    a: Int32Array,
    i: number,
    was: number,
    to: number,
  ) => number;
  let taken = 0;
  Object.assign(Atomics, {
    compareExchange(control: Int32Array, at: number, was: number, to: number): number {
      const found = exchange(control, at, was, to);
      if (found === was && ++taken === 20) process.exit(3);
      return found;
    },
  });
}
