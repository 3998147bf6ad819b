import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFind, startRunImport } from '../../main/importers/source-process.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { RunImportProgress } from '../../shared/model/run-import.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { record, scalarEvent, writeEventFile } from './write-events.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

let folder: string;
let vault: Vault;
beforeEach(() => {
  folder = temporaryFolder();
  vault = openTestVault(join(folder, 'vault'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !done(); i++) await sleep(50);
  expect(done()).toBe(true);
}

test('a child looks what lies in a folder and imports it, with its progress', async () => {
  const found = await startFind(fixtures).done;
  const counts = Object.fromEntries(found.map(({ format, count }) => [format, count]));
  expect(counts).toMatchObject({ tensorboard: 4, wandb: 1, clearml: 2, csv: 2 });
  const seen: RunImportProgress[] = [];
  const summary = await startRunImport(vault.dir, {
    format: 'tensorboard',
    path: join(fixtures, 'tensorboard'),
    study: 'Mine',
    onProgress: (progress) => seen.push(progress),
  }).done;
  expect(summary).toMatchObject({
    added: 4,
    studies: 1,
    imported: expect.arrayContaining([expect.objectContaining({ study: 'Mine' })]),
  });
  expect(seen.at(-1)).toMatchObject({ runsDone: 4, runsTotal: 4, points: summary.points });
});

test('cancel leaves whole runs and nothing else; importing again takes the rest', async () => {
  const logs = join(folder, 'logs');
  for (let i = 0; i < 30; i++) writeEventFile(join(logs, `run-${i}`, `events.out.tfevents.${i}.a.1`), 20_000, 2);
  const running = startRunImport(vault.dir, {
    format: 'tensorboard',
    path: logs,
    study: null,
    onProgress: ({ runsDone }) => runsDone >= 2 && running.cancel(),
  });
  await expect(running.done).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });
  const runs = vault.db.prepare('SELECT uid FROM run').pluck().all() as string[];
  expect(runs.length).toBeGreaterThanOrEqual(2);
  expect(runs.length).toBeLessThan(30);
  for (const run of runs) expect(readWholeSeries(vault.db, run, 'train/series-0').count).toBe(10_000);
  const rest = await startRunImport(vault.dir, { format: 'tensorboard', path: logs, study: null }).done;
  expect(rest).toMatchObject({ added: 30 - runs.length, unchanged: runs.length });
});

test('a watched folder: points appear while the job writes, also after a cut record, each once', async () => {
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const watching = startRunImport(vault.dir, { format: 'tensorboard', path: logs, study: null, watch: true });
  const file = join(logs, 'events.out.tfevents.1.a.1');
  writeEventFile(file, 100, 1);
  const points = (): number => {
    const row = vault.db.prepare("SELECT count FROM latest WHERE key = 'train/series-0'").get();
    return (row as { count: number } | undefined)?.count ?? 0;
  };
  await until(() => points() === 100);
  const next = record(scalarEvent(1.7e9 + 5, 100, 'train/series-0', 0.5));
  appendFileSync(file, next.subarray(0, 20));
  await sleep(1_500);
  expect(points()).toBe(100);
  appendFileSync(file, next.subarray(20));
  await until(() => points() === 101);
  watching.cancel();
  expect(await watching.done).toMatchObject({ added: 1, points: 101, runs: 1 });
  expect(vault.db.prepare('SELECT count(*) AS n FROM run').get()).toEqual({ n: 1 });
});

test('two processes that import one folder at once make each run once', async () => {
  const copy = join(folder, 'copy');
  cpSync(join(fixtures, 'tensorboard'), copy, { recursive: true });
  const both = [1, 2].map(() => startRunImport(vault.dir, { format: 'tensorboard', path: copy, study: null }).done);
  const [a, b] = await Promise.all(both);
  expect(a!.points + b!.points).toBe(46);
  expect(vault.db.prepare('SELECT count(*) AS n FROM run').get()).toEqual({ n: 4 });
});
