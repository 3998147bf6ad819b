import type { RerunVerdict } from '../../../shared/model/run.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { Recorded } from './differences.ts';
import { FEWEST_REPLICATES, judgeRerun } from './judge.ts';

/** Seeds that are run when there are too few replicates to know the noise. */
const SEEDS = 5;

/** Trains a run like `id` with another seed and tells its id, once it has finished; null when it did not. */
export type TrainReplicate = (id: string, seed: number) => Promise<string | null>;

/**
 * Judges a finished rerun and records the verdict; null when the run is no rerun. With `train`, one that came to something else
 * has five more seeds run, should there be fewer than three replicates.
 */
export async function verifyRerun(
  client: VaultClient,
  id: string,
  train: TrainReplicate | null,
): Promise<RerunVerdict | null> {
  const now = await recorded(client, id);
  if (now.rerunOf === null) return null;
  const before = await recorded(client, now.rerunOf);
  const { name, version } = before.detail.dataset!;
  const data = await client.call('datasets.verify', { name, version });
  const ids = before.replicates.filter((one) => one.id !== id).map((one) => one.id);
  const judge = async (): Promise<RerunVerdict> => {
    const replicates = await Promise.all(ids.map((one) => client.call('runs.show', { id: one })));
    const verdict = judgeRerun(before, now, data, replicates);
    await client.call('internal.recordVerdict', { id, verdict });
    return verdict;
  };
  const verdict = await judge();
  if (verdict.verdict !== 'different' || train === null || ids.length >= FEWEST_REPLICATES) return verdict;
  const first = before.detail.seed ?? 0;
  for (let k = 1; k <= SEEDS; k++) {
    const made = await train(now.rerunOf, (first + k) % 2 ** 31);
    if (made !== null && !ids.includes(made)) ids.push(made);
  }
  return judge();
}

async function recorded(client: VaultClient, id: string) {
  const [detail, record] = await Promise.all([
    client.call('runs.show', { id }),
    client.call('internal.runRecord', { id }),
  ]);
  return { detail, ...record } satisfies Recorded;
}
