import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { latestRevision, readChanges } from '../../main/store/change.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { recoverRuns } from '../../main/store/recover.ts';
import type { Vault } from '../../main/store/vault.ts';
import { isWriterAlive } from '../../main/store/writer.ts';
import { startWriter } from './killed-writers.ts';
import { makeRun, openTestVault, temporaryFolder } from './vault-fixture.ts';

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

type WriterRow = { id: number; uid: string; ended: string | null };
const writers = () => vault.db.prepare('SELECT id, uid, ended FROM writer ORDER BY id').all() as WriterRow[];
const ownedBy = (writer: number, uid: string) =>
  vault.db.prepare('UPDATE run SET writer_id = ? WHERE uid = ?').run(writer, uid);
const statusOf = (uid: string) => vault.db.prepare('SELECT status, reason FROM run WHERE uid = ?').get(uid);

test('a writer counts as alive exactly as long as its process runs', async () => {
  const child = await startWriter(dir, makeRun(vault), 0, 'paced');
  const other = writers()[1]!;
  expect(isWriterAlive(dir, other.uid)).toBe(true);
  expect(isWriterAlive(dir, writers()[0]!.uid)).toBe(true);
  await child.kill();
  expect(isWriterAlive(dir, other.uid)).toBe(false);
});

test('a vault that is closed leaves no lock and a closed row', () => {
  const second = openTestVault(dir);
  second.close();
  expect(writers().map((writer) => writer.ended)).toEqual([null, 'closed']);
  expect(readdirSync(join(dir, 'locks'))).toEqual([`${writers()[0]!.uid}.db`]);
});

test('runs of a killed process become crashed with a reason; runs of living ones go on', async () => {
  const [running, waiting, mine, done] = [
    makeRun(vault),
    makeRun(vault, 'queued'),
    makeRun(vault),
    makeRun(vault, 'finished'),
  ];
  const child = await startWriter(dir, running, 0, 'paced');
  const victim = writers()[1]!;
  for (const uid of [running, waiting, done]) ownedBy(victim.id, uid);
  ownedBy(vault.writerId, mine);
  expect(recoverRuns(vault)).toEqual([]);
  const revision = latestRevision(vault.db);
  await child.kill();

  const crashed = 'The command was closed or killed while this run was training.';
  expect(recoverRuns(vault)).toEqual([
    { id: running, reason: crashed },
    { id: waiting, reason: 'The command was closed or killed while this run was waiting to start.' },
  ]);
  expect(statusOf(running)).toEqual({ status: 'crashed', reason: crashed });
  expect(statusOf(mine)).toEqual({ status: 'running', reason: null });
  expect(statusOf(done)).toEqual({ status: 'finished', reason: null });
  expect(writers()[1]!.ended).toBe('found-dead');
  expect(readChanges(vault.db, revision).runs.toSorted()).toEqual([running, waiting].toSorted());
  expect(recoverRuns(vault)).toEqual([]);
});

test('what a killed process had in the journal is readable at once and folded by the next', async () => {
  const run = makeRun(vault);
  const child = await startWriter(dir, run, 0, 'paced');
  await child.kill();
  const journal = vault.db.prepare('SELECT count(*) AS n FROM journal WHERE writer_id <> ?');
  expect(journal.get(vault.writerId)).not.toEqual({ n: 0 });
  const before = readWholeSeries(vault.db, run, 'shared/0');
  recoverRuns(vault);
  await expect.poll(() => journal.get(vault.writerId)).toEqual({ n: 0 });
  expect(readWholeSeries(vault.db, run, 'shared/0')).toEqual(before);
});

test('the app that starts again is told which runs it left', async () => {
  const run = makeRun(vault);
  const child = await startWriter(dir, run, 0, 'paced');
  ownedBy(writers()[1]!.id, run);
  vault.db.prepare("UPDATE writer SET purpose = 'app' WHERE id = ?").run(writers()[1]!.id);
  await child.kill();
  const restarted = openTestVault(dir);
  expect(restarted.recovered).toEqual([
    { id: run, reason: 'The app was closed or killed while this run was training.' },
  ]);
  restarted.close();
});
