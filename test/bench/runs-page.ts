import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openVault } from '../../main/store/open-vault.ts';
import { openWorkerClient } from '../../main/workers/worker-client.ts';
import type { Row, Scale } from './bench.ts';
import { fillRuns } from './children/fill-runs.ts';

export const title = 'Runs table';

/** Filters and orders as people use them: held-out metrics, params as numbers and text, tags, dates, names, nots. */
const queries: { filter: string; sort: string | null }[] = [
  { filter: '', sort: 'metrics.auc' },
  { filter: 'metrics.auc > 0.8', sort: 'metrics.auc' },
  { filter: 'metrics.auc > 0.8 and params.optimizer = "adam"', sort: 'metrics.auc' },
  { filter: 'params.learning_rate < 0.01 and tags.site in ("A", "B")', sort: 'params.learning_rate' },
  {
    filter: 'metrics.auc > 0.7 and (params.optimizer = "adam" or tags.site in ("A", "B")) and not name like "%smoke%"',
    sort: 'started',
  },
  { filter: 'status in ("failed", "crashed") or duration < 1m', sort: null },
  { filter: 'metrics.train/loss.min < 0.3', sort: 'metrics.train/loss' },
  { filter: 'started > -30d and name ilike "%MLP%"', sort: 'name' },
  { filter: 'tags.site is missing', sort: 'duration' },
];
const rounds = 8;

export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const vault = openVault(dir, { purpose: 'bench' });
    fillRuns(vault.db, 10_000);
    vault.close();
    const page = await pageTimes(dir);
    const large = openVault(dir, { purpose: 'bench' });
    const many = scale === 'full' ? 100_000 : 20_000;
    fillRuns(large.db, many - 10_000);
    large.close();
    const cold = coldStart(dir);
    return [
      {
        name: 'a page of 100 runs, filtered and sorted, at 10,000 runs (p95)',
        figure: percentile(page.times, 0.95),
        unit: 'ms',
        target: 'under 50 ms',
        met: percentile(page.times, 0.95) < 50,
      },
      {
        name: "main's event loop meanwhile (p99 delay)",
        figure: page.loopP99,
        unit: 'ms',
        target: 'under 20 ms',
        met: page.loopP99 < 20,
      },
      {
        name: `cold start of a process to its first 100 rows, at ${many.toLocaleString('en')} runs`,
        figure: cold,
        unit: 'ms',
        target: 'under 2 s at 100,000 runs',
        met: cold < 2_000,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Milliseconds of each page as main sees it, through a query worker, the first round left out; and how late main's loop is. */
async function pageTimes(dir: string): Promise<{ times: number[]; loopP99: number }> {
  const client = await openWorkerClient({ dir, purpose: 'bench', onUnexpected: reportUnexpected });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    if (round === 1) delay.enable();
    for (const { filter, sort } of queries) {
      const begun = performance.now();
      await client.call('runs.list', {
        study: null,
        filter,
        sort: sort === null ? null : { key: sort, descending: true },
        limit: 100,
        cursor: null,
        bin: false,
      });
      if (round > 0) times.push(performance.now() - begun);
    }
  }
  delay.disable();
  await client.close();
  // The histogram holds whole sampling intervals: what is above the resolution of 1 ms is delay.
  return { times, loopP99: delay.percentile(99) / 1e6 - 1 };
}

function reportUnexpected(what: string, text: string): void {
  process.stderr.write(`${what}: ${text}\n`);
}

const coldStart = (dir: string): number =>
  processTime([fileURLToPath(new URL('children/first-rows.ts', import.meta.url)), dir]);

/** Milliseconds from start to end of a Node process, the median of five. */
function processTime(args: string[]): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args[0]} failed: ${stderr}`);
    return performance.now() - begun;
  });
  return percentile(times, 0.5);
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
