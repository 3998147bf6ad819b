import { appendFileSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { watchRuns } from '../../main/importers/watch-runs.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { record, scalarEvent, sessionStart, versionEvent } from './write-events.ts';

let folder: string;
let logs: string;
let file: string;
let vault: Vault;
beforeEach(() => {
  folder = temporaryFolder();
  vault = openTestVault(join(folder, 'vault'));
  logs = join(folder, 'logs');
  mkdirSync(logs);
  file = join(logs, 'events.out.tfevents.1.a.1');
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const quietMs = 60_000;
/** One round of a watch, or an import that is done once; `read`: bytes of event files that it read. */
async function round(watched: boolean) {
  let read = 0;
  const base = { format: 'tensorboard' as const, path: logs, study: null };
  const onProgress = ({ bytesDone, runsDone }: { bytesDone: number; runsDone: number }) => {
    if (runsDone === 0) read = Math.max(read, bytesDone);
  };
  const summary = await importRuns(vault, { ...base, ...(watched ? { quietMs } : {}), onProgress });
  return { ...summary, read };
}
const run = () => showRun(vault, vault.db.prepare('SELECT uid FROM run').pluck().get() as string);
const points = (key = 'loss') => {
  const { steps, values } = readWholeSeries(vault.db, run().id, key);
  return Array.from(steps, (step, i) => [step, values[i]!]);
};
const scalars = (from: number, to: number, tag = 'loss') =>
  Buffer.concat(
    Array.from({ length: to - from }, (_, i) => record(scalarEvent(1.7e9 + from + i, from + i, tag, (from + i) / 4))),
  );
const expectedPoints = (to: number) => Array.from({ length: to }, (_, step) => [step, step / 4]);
const rest = (place = file) => utimesSync(place, new Date(), new Date(Date.now() - 2 * quietMs));

test('a watched run is running while its files grow, ends when they rest, and runs again when they grow on', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 3)]));
  await round(true);
  expect(run()).toMatchObject({ status: 'running', endedAt: null });
  expect(await round(true)).toMatchObject({ unchanged: 1 });
  rest();
  expect(await round(true)).toMatchObject({ updated: 1, points: 0 });
  expect(run()).toMatchObject({ status: 'finished', endedAt: 1.7e12 + 2_000 });
  appendFileSync(file, scalars(3, 4));
  expect(await round(true)).toMatchObject({ updated: 1, points: 1 });
  expect(run()).toMatchObject({ status: 'running', endedAt: null });
});

test('a run that is imported once has ended, also when a watch had left it running', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 3)]));
  await round(true);
  expect(run().status).toBe('running');
  expect(await round(false)).toMatchObject({ updated: 1, points: 0 });
  expect(run()).toMatchObject({ status: 'finished', endedAt: 1.7e12 + 2_000 });
});

test('a watch that is stopped leaves no run running', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 3)]));
  const stop = new AbortController();
  let meanwhile = '';
  const watching = watchRuns(vault, {
    format: 'tensorboard',
    path: logs,
    study: null,
    signal: stop.signal,
    onProgress({ runsDone }) {
      if (runsDone === 0) return;
      meanwhile = run().status;
      stop.abort();
    },
  });
  await watching;
  expect(meanwhile).toBe('running');
  expect(run()).toMatchObject({ status: 'finished', endedAt: 1.7e12 + 2_000 });
});

test('a file that grew is read from where it was read to, its tags as they were, also in another import', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 1_000)]));
  const whole = readFileSync(file).length;
  expect((await round(false)).read).toBe(whole);
  const more = Buffer.concat([scalars(1_000, 1_010), scalars(0, 5, 'accuracy')]);
  appendFileSync(file, more.subarray(0, more.length - 7));
  const second = await round(false);
  expect(second.points).toBe(14);
  expect(second.read).toBeLessThan(more.length);
  appendFileSync(file, more.subarray(more.length - 7));
  expect(await round(false)).toMatchObject({ points: 1 });
  expect(points()).toEqual(expectedPoints(1_010));
  expect(points('accuracy')).toEqual(expectedPoints(5));
  writeFileSync(join(logs, 'events.out.tfevents.2.a.2'), Buffer.concat([record(versionEvent), scalars(1_010, 1_020)]));
  const third = await round(false);
  expect(third.points).toBe(10);
  expect(third.read).toBeLessThan(1_000);
  expect(points()).toEqual(expectedPoints(1_020));
});

test('a restart in what is new takes back what was read before', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 10), scalars(0, 10, 'gone')]));
  await round(false);
  appendFileSync(file, Buffer.concat([record(sessionStart(0)), scalars(0, 2)]));
  await round(false);
  expect(points()).toEqual(expectedPoints(2));
  expect(run().seriesKeys).toEqual(['loss']);
  appendFileSync(file, Buffer.concat([record(sessionStart(2)), scalars(2, 4)]));
  expect(await round(false)).toMatchObject({ points: 2 });
  expect(points()).toEqual(expectedPoints(4));
});

test('a file that was cut or written anew is read anew', async () => {
  const head = Buffer.concat([record(versionEvent), scalars(0, 3)]);
  writeFileSync(file, Buffer.concat([head, scalars(3, 10)]));
  await round(false);
  writeFileSync(file, head);
  await round(false);
  expect(points()).toEqual(expectedPoints(3));
  writeFileSync(file, Buffer.concat([head, record(scalarEvent(1.7e9, 3, 'loss', 9)), scalars(4, 20)]));
  await round(false);
  expect(points()[3]).toEqual([3, 9]);
  writeFileSync(file, Buffer.concat([head, record(scalarEvent(1.7e9, 3, 'loss', 7)), scalars(4, 30)]));
  await round(false);
  // The same first record and more bytes, but others before the place where reading had ended.
  expect(points()).toHaveLength(30);
});

test('two imports of what is new do not both add it', async () => {
  writeFileSync(file, Buffer.concat([record(versionEvent), scalars(0, 10)]));
  await round(false);
  appendFileSync(file, scalars(10, 20));
  await Promise.all([round(false), round(false), round(true)]);
  expect(points()).toEqual(expectedPoints(20));
});
