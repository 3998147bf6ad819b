import { cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { readStepRecords } from '../../main/store/imports/step-records.ts';
import { readLog } from '../../main/store/log.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

/** Written by wandb 0.31.0 (fixtures/make-wandb.py). */
const source = join(import.meta.dirname, 'fixtures', 'wandb');
const file = 'run-fixture1.wandb';

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

const take = (path: string) => importRuns(vault, { format: 'wandb', path, study: null });

test('an offline run brings its config, history, summary, console output, media and how it ended', async () => {
  const { imported, skipped, added } = await take(source);
  expect({ added, skipped }).toEqual({ added: 1, skipped: [] });
  const run = showRun(vault, imported[0]!.id);
  expect(run).toMatchObject({ name: 'wandb-run', study: 'cohort', status: 'finished', note: 'a note' });
  expect(run.params).toEqual({ lr: 0.1, layers: '[16,8]', 'optimizer.name': 'adam', 'optimizer.beta': 0.9, amp: true });
  expect(run.tags).toMatchObject({ first: '', pilot: '', 'wandb.group': 'g', 'wandb.job_type': 'train' });

  const loss = readWholeSeries(vault.db, run.id, 'train.loss');
  expect([...loss.steps]).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect([...loss.values]).toEqual(Array.from({ length: 20 }, (_, i) => 1 / (i + 1)));
  expect([...readWholeSeries(vault.db, run.id, 'nan').values].every(Number.isNaN)).toBe(true);
  expect([...readWholeSeries(vault.db, run.id, 'inf').values].every((value) => value === Infinity)).toBe(true);
  expect([...readWholeSeries(vault.db, run.id, 'best_auc').values]).toEqual([0.88]);

  expect(readLog(vault, run.id, 'line', 0, 100).total).toBe(20);
  expect(run.artifacts.map(({ path }) => path)).toEqual([expect.stringMatching(/^media\/images\/picture_20_.*\.png$/)]);
  const [histogram] = readStepRecords(vault.db, run.id, 'histogram', 'hist', 0, 10);
  expect(histogram!.data).toEqual({ edges: [0, 1, 2, 3], counts: [1, 2, 3] });
});

test('a file that is still written has no end yet; when it has grown the run is brought up to date, with nothing twice', async () => {
  const copy = join(folder, 'copy');
  cpSync(source, copy, { recursive: true });
  const path = join(copy, 'offline-run', file);
  const { length } = readFileSync(path);
  truncateSync(path, Math.floor(length * 0.6));
  const first = await take(copy);
  const before = showRun(vault, first.imported[0]!.id);
  expect(before.status).toBe('crashed');

  cpSync(join(source, 'offline-run', file), path);
  const second = await take(copy);
  expect(second).toMatchObject({ added: 0, updated: 1 });
  expect(showRun(vault, before.id)).toMatchObject({ status: 'finished', reason: null });
  expect(readWholeSeries(vault.db, before.id, 'auc').count).toBe(20);
  expect(await take(copy)).toMatchObject({ unchanged: 1, points: 0 });
});
