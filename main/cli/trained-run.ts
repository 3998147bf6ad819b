import type { Estimate } from '../../shared/model/estimate.ts';
import type { VaultClient } from '../workers/client.ts';
import { describeEstimate } from './estimate-text.ts';

export type TrainedRun = Awaited<ReturnType<typeof trainedRun>>;

/** What `train` prints of a run that has ended; held-out metrics without prefix, those of validation with theirs. */
export async function trainedRun(client: VaultClient, id: string) {
  const run = await client.call('runs.show', { id });
  const metrics: Record<string, Estimate> = {};
  for (const [key, value] of Object.entries(run.estimates)) metrics[key.replace(/^(test|oof)\//, '')] = value;
  const { split } = run;
  return {
    id,
    name: run.name,
    study: run.study,
    status: run.status,
    reason: run.reason,
    engine: run.engine,
    device: run.device,
    durationMs: run.startedAt === null || run.endedAt === null ? null : run.endedAt - run.startedAt,
    metrics,
    dataset: run.dataset,
    split: split === null ? null : { ...split },
    badges: run.badges,
    seed: run.seed,
    params: run.params,
    resumable: run.resumable.can,
  };
}

/** Main metrics first; digits to the first uncertain one. */
export function describeTrained(run: TrainedRun): string {
  const head = `${run.status} run ${run.id} (${run.name}) on ${run.engine ?? 'no engine'}${run.durationMs === null ? '' : ` in ${(run.durationMs / 1000).toFixed(1)} s`}`;
  const lines = Object.entries(run.metrics)
    .filter(([key]) => !key.includes('/'))
    .map(([key, estimate]) => `  ${key.padEnd(22)} ${describeEstimate(estimate)}`);
  return [head, ...lines].join('\n');
}
