import type { Estimate } from '../../../shared/model/estimate.ts';
import { readEstimates } from '../estimates.ts';
import type { ReadableDb } from '../open.ts';

/** The held-out estimate that each of these runs (`run.id`) is known by, by its task; absent where it has none. */
export function readMainEstimates(
  db: ReadableDb,
  runs: { run: number; task: string | null }[],
): Map<number, { key: string; estimate: Estimate }> {
  const all = readEstimates(db, JSON.stringify([...new Set(runs.map(({ run }) => run))]), mainKeys);
  const found = new Map<number, { key: string; estimate: Estimate }>();
  for (const { run, task } of runs) {
    const own = all.get(run) ?? {};
    const key = keysOf(task).find((one) => own[one] !== undefined);
    if (key !== undefined) found.set(run, { key, estimate: own[key]! });
  }
  return found;
}

const keysOf = (task: string | null): string[] =>
  (task === 'regression' ? ['r2', 'rmse'] : ['auc', 'accuracy', 'r2']).flatMap((key) => [`test/${key}`, `oof/${key}`]);
const mainKeys = [...new Set([...keysOf('regression'), ...keysOf(null)])];
