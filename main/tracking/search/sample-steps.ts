import type { Int64 } from '../fields.ts';

/**
 * The steps of which a chart of several runs is drawn: at most `count`, evenly placed among all the steps that any of them has,
 * and each run's own last one. Steps ascend.
 */
export function sampleSteps(stepsOfRuns: Int64[][], count: number): Set<Int64> {
  const all = [...new Set(stepsOfRuns.flat())].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const chosen = new Set<Int64>();
  const interval = all.length / count;
  if (interval <= 1) for (const step of all) chosen.add(step);
  else for (let i = 0; i < count; i++) chosen.add(all[Math.floor(i * interval)]!);
  for (const steps of stepsOfRuns) {
    let last: Int64 | undefined;
    for (const step of steps) if (last === undefined || step > last) last = step;
    if (last !== undefined) chosen.add(last);
  }
  return chosen;
}
