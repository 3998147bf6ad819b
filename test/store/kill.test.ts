import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readManySeries } from '../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../main/store/open-vault.ts';
import { keyOf, seriesCount, writersAtMost } from './append-plan.ts';
import { judge, killOneEverySecond, killRepeatedly, prepareVault } from './killed-writers.ts';
import { openTestVault, seededRandom, temporaryFolder } from './vault-fixture.ts';

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const nothingWrong = { lost: 0, changed: 0, twice: 0, miscounted: 0, integrity: 'ok' };
const everyShared = (run: string) => Array.from({ length: seriesCount }, (_, series) => ({ run, key: keyOf(series) }));

test('20 kills of a writer at random moments lose and change no acknowledged point', { timeout: 180_000 }, async () => {
  const run = prepareVault(dir);
  await killRepeatedly(dir, run, 20, seededRandom(7));
  const verdict = judge(dir, run, 20);
  expect(verdict).toMatchObject(nothingWrong);
  expect(verdict.acknowledged).toBeGreaterThan(10_000);

  // The next process folds what the dead left, and everything is still there.
  const vault = openTestVault(dir);
  const left = vault.db.prepare('SELECT count(*) AS n FROM journal');
  await expect.poll(() => left.get(), { timeout: 20_000 }).toEqual({ n: 0 });
  const open = vault.db.prepare('SELECT count(*) AS n FROM writer WHERE ended IS NULL').get();
  expect(open).toEqual({ n: 1 });
  vault.close();
  expect(judge(dir, run, 20)).toMatchObject({ ...nothingWrong, acknowledged: verdict.acknowledged });
});

test('8 processes append to 8 shared series while one is killed every second: every acknowledged point is there once, and a reader that was there all along sees what a fresh one sees', {
  timeout: 180_000,
}, async () => {
  const run = prepareVault(dir);
  const ninth = openVaultForReading(dir);
  const chartWhile: number[] = [];
  const watch = setInterval(() => {
    chartWhile.push(readManySeries(ninth.db, everyShared(run), 200).reduce((sum, one) => sum + (one?.count ?? 0), 0));
  }, 500);
  const writers = await killOneEverySecond(dir, run, 6, seededRandom(11));
  clearInterval(watch);

  const verdict = judge(dir, run, writers);
  expect(verdict).toMatchObject(nothingWrong);
  expect(verdict.acknowledged).toBeGreaterThan(1_000);
  expect(chartWhile).toEqual(chartWhile.toSorted((a, b) => a - b));

  const fresh = openVaultForReading(dir);
  const table = 'SELECT * FROM latest ORDER BY run_id, key';
  expect(ninth.db.prepare(table).all()).toEqual(fresh.db.prepare(table).all());
  expect(readManySeries(ninth.db, everyShared(run), 200)).toEqual(readManySeries(fresh.db, everyShared(run), 200));
  fresh.close();
  ninth.close();
});

test('the judge of these tests sees a point that is lost, changed, or there twice', async () => {
  const run = prepareVault(dir);
  await killRepeatedly(dir, run, 1, () => 0.5);
  const vault = openTestVault(dir);
  await expect.poll(() => vault.db.prepare('SELECT count(*) AS n FROM journal').get()).toEqual({ n: 0 });
  expect(judge(dir, run, 1)).toMatchObject(nothingWrong);

  const copy = vault.db.prepare(
    'INSERT INTO chunk SELECT series_id, ordinal + 1, count, first_step, last_step, min, max, flags, data FROM chunk WHERE series_id = 1',
  );
  expect(copy.run().changes).toBe(1);
  expect(judge(dir, run, 1).twice).toBeGreaterThan(0);
  vault.db.exec('DELETE FROM chunk WHERE series_id = 1; DELETE FROM pyramid WHERE series_id = 1');
  expect(judge(dir, run, 1).lost).toBeGreaterThan(0);
  await vault.metrics.append(run, [{ key: keyOf(0), step: writersAtMost, value: 42, time: 0 }]);
  expect(judge(dir, run, 1).changed).toBe(1);
  vault.close();
});
