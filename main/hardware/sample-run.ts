import type { MetricPoint } from '../../shared/model/series.ts';
import { createSampler, type Sampler } from './sampler.ts';
import { systemPoints } from './series.ts';

/** Where points go: the store's `internal.appendPoints`. */
export type AppendPoints = (input: { id: string; points: MetricPoint[] }) => Promise<unknown>;

/**
 * Records what a run's tree of processes and the machine do, once a second, as `system/…` series of the run until `signal`
 * says stop; steps are seconds since `started`. A point that cannot be stored is lost and the run goes on: measuring must never be what stops it.
 */
export function recordRun(
  sampler: Sampler,
  append: AppendPoints,
  id: string,
  pid: number,
  signal: AbortSignal,
  started: number,
): void {
  if (signal.aborted) return;
  const remove = sampler.addRun(id, pid);
  const unsubscribe = sampler.onSample((machine, runs) => {
    const own = runs.find((run) => run.id === id)?.sample;
    // No processes: the child has ended, and its end is on its way.
    if (own === undefined || own.processes === 0) return;
    const points = systemPoints(machine, own, Math.round((own.at - started) / 1000));
    if (points.length > 0) append({ id, points }).catch(() => {});
  });
  signal.addEventListener('abort', () => {
    remove();
    unsubscribe();
  });
}

/** As `recordRun`, with a sampler of its own: for the command line. */
export function sampleRun(
  append: AppendPoints,
  folder: string,
  id: string,
  pid: number,
  signal: AbortSignal,
  started: number,
): void {
  const sampler = createSampler({ folder });
  recordRun(sampler, append, id, pid, signal, started);
  signal.addEventListener('abort', () => sampler.close());
}
