import type { Subgroups } from '../../../shared/contract/runs.ts';

const most = 20;
/** The one that was asked for last is the last. */
const kept = new Map<string, Subgroups>();

/** What was computed for this key before, or what `compute` gives now; the tables asked for last are kept. */
export function remembered(key: string, compute: () => Subgroups): Subgroups {
  const found = kept.get(key) ?? compute();
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > most) kept.delete(kept.keys().next().value!);
  // The caller may change what it gets.
  return structuredClone(found);
}
