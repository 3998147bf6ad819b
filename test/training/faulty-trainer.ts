import { connectToParent } from '../../main/platform/parent.ts';
import { startHeartbeat } from '../../main/training/heartbeat.ts';

// A trainer that breaks in the way its seed names: the tests put it in the real one's place.
const parent = connectToParent();

parent.onMessage((message) => {
  const begin = message as { type: string; spec?: { seed: number } };
  if (begin.type !== 'begin') return;
  parent.send({
    type: 'points',
    points: [{ key: 'train/loss', step: 0, value: 0.7, time: Date.now() }],
  });
  setTimeout(() => faults[begin.spec!.seed]!(), 100);
});

const faults: Record<number, () => void> = {
  1: () => process.exit(3),
  2: () => process.abort(),
  3: fillTheHeap,
  4: () => {
    for (;;);
  },
  5: () => {
    throw new Error('a cell: 1952-03-14');
  },
  6: () => parent.send({ type: 'nonsense' }),
  7: () => process.kill(process.pid, 'SIGKILL'),
};

/** Busy to the end, but alive: only the heap's limit may end it. */
function fillTheHeap(): void {
  startHeartbeat();
  const hoard: number[][] = [];
  for (;;) hoard.push(new Array<number>(500_000).fill(hoard.length + 0.5));
}
