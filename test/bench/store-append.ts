import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSeries } from '../../main/store/metrics/read.ts';
import { openForWriting, transaction } from '../../main/store/open.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { makeRun, openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Appending metric points, against one row per point';

const batchPoints = 1_000;
const keys = Array.from({ length: 10 }, (_, index) => `series-${index}`);
const stepsPerBatch = batchPoints / keys.length;

const newBatch = (): MetricPoint[] =>
  Array.from({ length: batchPoints }, (_, i) => ({ key: keys[i % keys.length]!, step: 0, value: 0, time: 0 }));

/** What a training run sends next: all series at each step, with the time of day. Both sides pay for it, in place. */
function fill(points: MetricPoint[], batch: number): MetricPoint[] {
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    point.step = batch * stepsPerBatch + Math.floor(i / keys.length);
    point.value = Math.sin(point.step / 300);
    point.time = 1_760_000_000_000 + point.step * 7;
  }
  return points;
}

/** One row per point with the index that a chart needs, in one transaction per batch. */
function rowPerPoint(dir: string, batches: number): number {
  const db = openForWriting(join(dir, 'rows.db'));
  db.exec(`CREATE TABLE metric (run_id INTEGER NOT NULL, key TEXT NOT NULL, step INTEGER NOT NULL, value REAL,
    time INTEGER NOT NULL) STRICT`);
  db.exec('CREATE INDEX metric_series ON metric (run_id, key, step)');
  const insert = db.prepare('INSERT INTO metric VALUES (?, ?, ?, ?, ?)');
  const points = newBatch();
  const started = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    transaction(db, () => {
      for (const point of fill(points, batch)) insert.run(1, point.key, point.step, point.value, point.time);
    });
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  const seconds = (performance.now() - started) / 1000;
  db.close();
  return (batches * batchPoints) / seconds;
}

/** `inFlight` appends at a time; folding into chunks and the last checkpoint are part of the time. */
async function chunked(dir: string, batches: number, inFlight: number): Promise<number> {
  const vault = openTestVault(join(dir, `vault-${inFlight}`));
  const run = makeRun(vault);
  const points = newBatch();
  const started = performance.now();
  for (let batch = 0; batch < batches; ) {
    const sent: Promise<void>[] = [];
    while (sent.length < inFlight && batch < batches) sent.push(vault.metrics.append(run, fill(points, batch++)));
    if (inFlight === 1) vault.metrics.flush();
    await Promise.all(sent);
  }
  const stored = readSeries(vault.db, run, keys[0]!, 1_000).count;
  vault.close();
  const seconds = (performance.now() - started) / 1000;
  if (stored !== batches * stepsPerBatch) throw new Error(`${stored} points stored`);
  return (batches * batchPoints) / seconds;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** In rounds, one kind after the other, so that another program's load falls on all of them; the medians count. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const batches = scale === 'full' ? 2_000 : 400;
  const rounds: { rows: number; alone: number; together: number }[] = [];
  for (let round = 0; round < 5; round++) {
    const dir = temporaryFolder();
    try {
      const rows = rowPerPoint(dir, batches);
      rounds.push({ rows, alone: await chunked(dir, batches, 1), together: await chunked(dir, batches, 20) });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const rows = median(rounds.map((round) => round.rows));
  const size = `5 × ${(batches * batchPoints).toLocaleString('en-US')} points`;
  const line = (name: string, kind: 'alone' | 'together', least: number): Row => {
    const ratio = median(rounds.map((round) => round[kind] / round.rows));
    return {
      name: `${name}, ${size}`,
      figure: Math.round(median(rounds.map((round) => round[kind]))),
      unit: 'points/s',
      baseline: { name: 'one row per point', figure: Math.round(rows) },
      ratio,
      target: `≥ ${least}×`,
      met: ratio >= least,
    };
  };
  return [
    line('batches of 1,000 as a running process sends them (20 in flight)', 'together', 8),
    line('batches of 1,000, each awaited and in a transaction of its own', 'alone', 3),
  ];
}
