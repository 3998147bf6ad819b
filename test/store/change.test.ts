import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Changes, latestRevision, readChanges, recordChange, watchChanges } from '../../main/store/change.ts';
import { transaction } from '../../main/store/open.ts';
import type { Vault } from '../../main/store/vault.ts';
import { makeRun, openTestVault, point, temporaryFolder } from './vault-fixture.ts';

let dir: string;
let vault: Vault;
beforeEach(() => {
  dir = temporaryFolder();
  vault = openTestVault(dir);
});
afterEach(() => {
  vault.close();
  rmSync(dir, { recursive: true, force: true });
});

const runPk = (uid: string): number =>
  (vault.db.prepare('SELECT id FROM run WHERE uid = ?').get(uid) as { id: number }).id;

test('changes since a revision name each noun and run once', () => {
  const [first, second] = [makeRun(vault), makeRun(vault)];
  const before = latestRevision(vault.db);
  transaction(vault.db, () => {
    recordChange(vault.db, 'run', runPk(first));
    recordChange(vault.db, 'run', runPk(second));
    recordChange(vault.db, 'run', runPk(second));
    recordChange(vault.db, 'setting', null);
  });
  const changes = readChanges(vault.db, before);
  expect({ ...changes, nouns: changes.nouns.toSorted(), runs: changes.runs.toSorted() }).toEqual({
    revision: before + 4,
    nouns: ['run', 'setting'],
    runs: [first, second].toSorted(),
    complete: true,
  });
  expect(readChanges(vault.db, changes.revision)).toEqual({
    revision: before + 4,
    nouns: [],
    runs: [],
    complete: true,
  });
});

test('a change that is rolled back is not told', () => {
  const before = latestRevision(vault.db);
  expect(() =>
    transaction(vault.db, () => {
      recordChange(vault.db, 'study', null);
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(latestRevision(vault.db)).toBe(before);
});

test('old changes are dropped, and who is further behind is told to start anew', () => {
  transaction(vault.db, () => {
    for (let i = 0; i < 30_000; i++) recordChange(vault.db, 'log', null);
  });
  expect(vault.db.prepare('SELECT count(*) AS n FROM change').get()).toEqual({ n: 20_000 });
  expect(readChanges(vault.db, 5).complete).toBe(false);
  expect(readChanges(vault.db, latestRevision(vault.db) - 10).complete).toBe(true);
});

test('a watch tells of this process and of another one', async () => {
  const run = makeRun(vault);
  const told: Changes[] = [];
  const stop = watchChanges(vault.db, (changes) => told.push(changes), 5);
  await vault.metrics.append(run, [point('loss', 1, 1)]);
  await expect.poll(() => told.length).toBe(1);
  const other = openTestVault(dir);
  await other.metrics.append(run, [point('loss', 2, 1)]);
  await expect.poll(() => told.length).toBe(2);
  other.close();
  stop();
  expect(told.map(({ nouns, runs }) => ({ nouns: nouns.toSorted(), runs }))).toEqual([
    { nouns: ['run', 'series'], runs: [run] },
    { nouns: ['series'], runs: [run] },
  ]);
});

test('the first point of a metric is a change of its run, further ones are changes of the series alone', async () => {
  const id = makeRun(vault);
  const nounsAfter = async (step: number): Promise<string[]> => {
    const before = latestRevision(vault.db);
    await vault.metrics.append(id, [point('loss', step, 0.5)]);
    return readChanges(vault.db, before).nouns.toSorted();
  };
  expect(await nounsAfter(1)).toEqual(['run', 'series']);
  expect(await nounsAfter(2)).toEqual(['series']);
});
