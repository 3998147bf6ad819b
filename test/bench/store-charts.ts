import { rmSync } from 'node:fs';
import { readManySeries, type WantedSeries } from '../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../main/store/open-vault.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { makeRun, openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Series reduced for a chart';

const seriesCount = 50;
/** Two points per horizontal pixel of a chart 1,500 pixels wide is 3,000; a single series gets at most this many. */
const maxPoints = 600;

/** 50 runs with one noisy series each, the last tenth still in the journal, as while training. */
async function fillVault(dir: string, pointsPerSeries: number): Promise<WantedSeries[]> {
  const key = 'train/loss';
  const vault = openTestVault(dir);
  const runs = Array.from({ length: seriesCount }, () => makeRun(vault));
  const batch: MetricPoint[] = Array.from({ length: 10_000 }, () => ({ key, step: 0, value: 0, time: 0 }));
  for (let start = 0; start < pointsPerSeries; start += batch.length) {
    for (const [index, run] of runs.entries()) {
      batch.forEach((point, i) => {
        point.step = start + i;
        point.value = Math.exp(-point.step / 2e5) + Math.sin(point.step * (index + 1)) / 10;
        point.time = 1_760_000_000_000 + point.step * 11;
      });
      await vault.metrics.append(run, batch);
    }
  }
  vault.close();
  return runs.map((run) => ({ run, key }));
}

/** Milliseconds of the slowest of ten readings, the first with a fresh connection. */
function slowestReading(dir: string, wanted: WantedSeries[]): { slowest: number; median: number } {
  const vault = openVaultForReading(dir);
  try {
    const times = Array.from({ length: 10 }, () => {
      const started = performance.now();
      const series = readManySeries(vault.db, wanted, maxPoints);
      const took = performance.now() - started;
      if (series.some((one) => one === null || !one.downsampled || one.steps.length > maxPoints))
        throw new Error('not reduced');
      return took;
    }).toSorted((a, b) => a - b);
    return { slowest: times.at(-1)!, median: times[5]! };
  } finally {
    vault.close();
  }
}

async function measure(pointsPerSeries: number, targetMs: number): Promise<Row> {
  const dir = temporaryFolder();
  try {
    const wanted = await fillVault(dir, pointsPerSeries);
    const { slowest, median } = slowestReading(dir, wanted);
    return {
      name: `${seriesCount} series × ${pointsPerSeries.toLocaleString('en-US')} points to ${maxPoints} each (median ${median.toFixed(0)} ms), slowest of 10`,
      figure: slowest,
      unit: 'ms',
      target: `≤ ${targetMs} ms`,
      met: slowest <= targetMs,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const rows = [await measure(100_000, 100)];
  if (scale === 'full') rows.push(await measure(1_000_000, 200));
  return rows;
}
