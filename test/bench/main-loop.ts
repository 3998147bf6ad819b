import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openVault } from '../../main/store/open-vault.ts';
import { openWorkerClient, type WorkerClient } from '../../main/workers/worker-client.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { makeRun } from '../store/vault-fixture.ts';
import type { Row, Scale } from './bench.ts';
import { fillRuns } from './children/fill-runs.ts';

export const title = 'Main while pages, charts and points are asked for at once';

const keys = Array.from({ length: 50 }, (_, i) => `series-${i}`);
const chartPoints = 600;
const page = {
  study: null,
  filter: 'metrics.auc > 0.8 and params.optimizer = "adam"',
  sort: { key: 'metrics.auc', descending: true },
  limit: 100,
  cursor: null,
  bin: false,
};

/**
 * This process plays main: the store is behind its workers. A page of the runs table every 100 ms, a chart of 50 series twice a
 * second and 1,000 points every 100 ms; the figure is how late this process's own loop is.
 */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  const pointsPerSeries = scale === 'full' ? 100_000 : 10_000;
  const seconds = scale === 'full' ? 30 : 8;
  try {
    const vault = openVault(dir, { purpose: 'bench' });
    fillRuns(vault.db, 10_000);
    const charted = makeRun(vault, 'finished');
    for (let step = 0; step < pointsPerSeries; step += 200) await vault.metrics.append(charted, pointsFrom(step, 200));
    const growing = makeRun(vault, 'running', vault.writerId);
    vault.close();

    const client = await openWorkerClient({ dir, purpose: 'bench', onUnexpected: reportUnexpected });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const end = performance.now() + seconds * 1_000;
    delay.enable();
    const [pages, charts, appends] = await Promise.all([
      repeat(end, 100, () => client.call('runs.list', page)),
      repeat(end, 500, () => client.call('runs.series', { ids: [charted], keys, maxPoints: chartPoints })),
      appendUntil(end, client, growing),
    ]);
    delay.disable();
    await client.close();
    // The histogram holds whole sampling intervals: what is above the resolution of 1 ms is delay.
    const p99 = delay.percentile(99) / 1e6 - 1;
    const p95 = pages.toSorted((a, b) => a - b)[Math.ceil(0.95 * pages.length) - 1]!;
    return [
      {
        name: `main's event loop (p99 delay) over ${pages.length} pages, ${charts.length} charts of 50 × ${pointsPerSeries.toLocaleString('en')} and ${appends * 1_000} points`,
        figure: p99,
        unit: 'ms',
        target: 'under 20 ms',
        met: p99 < 20,
      },
      {
        name: 'a page of 100 runs at 10,000 runs meanwhile (p95)',
        figure: p95,
        unit: 'ms',
        target: 'under 100 ms: a click is answered',
        met: p95 < 100,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const pointsFrom = (step: number, steps: number): MetricPoint[] =>
  keys.flatMap((key, k) =>
    Array.from({ length: steps }, (_, i) => ({
      key,
      step: step + i,
      value: Math.sin((step + i) * (k + 1)),
      time: step + i,
    })),
  );

/** Calls `work` every `intervalMs`, one after the other, until `end`; how long each took, in ms. */
async function repeat(end: number, intervalMs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  while (performance.now() < end) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
    await pause(Math.max(0, intervalMs - (performance.now() - begun)));
  }
  return times;
}

async function appendUntil(end: number, client: WorkerClient, id: string): Promise<number> {
  let batch = 0;
  await repeat(end, 100, () => client.call('internal.appendPoints', { id, points: pointsFrom(20 * batch++, 20) }));
  return batch;
}

function reportUnexpected(what: string, text: string): void {
  process.stderr.write(`${what}: ${text}\n`);
}
