import type { HeldOutRun } from './held-out.ts';

/** Why two runs cannot be tested against each other before any row is looked at, as a sentence; null when they can. */
export function whyNotComparable(a: HeldOutRun, b: HeldOutRun): string | null {
  for (const { label, run, heldOut, evaluation } of [a, b]) {
    if (heldOut !== null && evaluation !== null) continue;
    return run.status === 'finished'
      ? `${label} has no held-out predictions: it was trained without a test part.`
      : `${label} has no held-out predictions: it is ${run.status}.`;
  }
  if (a.run.dataset === null || b.run.dataset === null) return 'It is not recorded which data the runs were tested on.';
  if (a.run.dataset.hash !== b.run.dataset.hash) {
    const name = (run: HeldOutRun) => `${run.label} on ${run.run.dataset!.name} v${run.run.dataset!.version}`;
    return `They were tested on different data: ${name(a)}, ${name(b)}.`;
  }
  if (a.run.target !== b.run.target) {
    return `They predict different things: ${a.label} predicts ${a.run.target}, ${b.label} predicts ${b.run.target}.`;
  }
  const numbers = (run: HeldOutRun) => run.evaluation!.task === 'regression';
  if (numbers(a) !== numbers(b)) {
    const [number, classes] = numbers(a) ? [a, b] : [b, a];
    return `${number.label} predicts ${a.run.target} as a number, ${classes.label} its classes.`;
  }
  if (a.evaluation!.classes.join('\n') !== b.evaluation!.classes.join('\n')) {
    return `They tell apart different classes of ${a.run.target}.`;
  }
  return null;
}
