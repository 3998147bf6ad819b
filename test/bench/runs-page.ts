import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openVault, openVaultForReading } from '../../main/store/open-vault.ts';
import { listRuns } from '../../main/store/run-list.ts';
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
        figure: percentile(page, 0.95),
        unit: 'ms',
        target: 'under 50 ms',
        met: percentile(page, 0.95) < 50,
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

/** Milliseconds of each page, on a connection as a query worker has it, the first round left out. */
async function pageTimes(dir: string): Promise<number[]> {
  const vault = openVaultForReading(dir);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const { filter, sort } of queries) {
      const begun = performance.now();
      listRuns(vault.db, {
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
  vault.close();
  return times;
}

function coldStart(dir: string): number {
  const script = fileURLToPath(new URL('children/first-rows.ts', import.meta.url));
  const times = Array.from({ length: 3 }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [script, dir], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the process that reads the first rows failed: ${stderr}`);
    return performance.now() - begun;
  });
  return percentile(times, 0.5);
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
