import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

/** Written by Keras 3.15.1 and DVCLive 3.49.1 (fixtures/make-csv.py). */
const source = join(import.meta.dirname, 'fixtures', 'csv');

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

const take = (path: string) => importRuns(vault, { format: 'csv', path, study: null });
const values = (run: string, key: string): number[] => [...readWholeSeries(vault.db, run, key).values];
const steps = (run: string, key: string): number[] => [...readWholeSeries(vault.db, run, key).steps];

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('the logs of Keras and DVCLive become runs with their series and params', async () => {
  const { imported, skipped, added } = await take(source);
  expect({ added, skipped }).toEqual({ added: 2, skipped: [] });
  const keras = imported.find((run) => run.name === 'keras')!.id;
  const rows = Papa.parse<Record<string, string>>(readFileSync(join(source, 'keras', 'training.csv'), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  expect(values(keras, 'val_loss')).toEqual(rows.map((row) => Number(row.val_loss)));
  expect(steps(keras, 'loss')).toEqual([0, 1, 2, 3]);
  const dvclive = imported.find((run) => run.name === 'dvclive')!.id;
  expect(values(dvclive, 'loss')).toEqual([1, 1 / 2, 1 / 3]);
  expect(showRun(vault, dvclive).params).toEqual({ lr: 0.1 });
});

test('metrics.csv of Lightning: rows of training and validation share a step, empty cells have no point, hparams.yaml gives params', async () => {
  put('logs/version_0/metrics.csv', 'epoch,step,train_loss,val_loss\n0,49,0.5,\n0,49,,0.6\n1,99,0.25,\n1,99,,nan\n');
  put('logs/version_0/hparams.yaml', 'lr: 0.1\nmodel: !!python/object:my.Model\n  width: 3\n');
  const { imported } = await take(join(folder, 'logs'));
  const run = imported[0]!;
  expect(run).toMatchObject({ name: 'version_0', study: 'logs' });
  expect(steps(run.id, 'val_loss')).toEqual([49, 99]);
  expect(values(run.id, 'val_loss')).toEqual([0.6, Number.NaN]);
  expect(values(run.id, 'train_loss')).toEqual([0.5, 0.25]);
  expect(showRun(vault, run.id).params).toEqual({ lr: 0.1, 'model.width': 3 });
});

test('trainer_state.json and JSON lines, with the numbers that Python writes', async () => {
  const history = '[{"step": 10, "epoch": 0.5, "loss": NaN}, {"step": 20, "epoch": 1.0, "eval_loss": -Infinity}]';
  put('hf/checkpoint-20/trainer_state.json', `{"log_history": ${history}, "note": "NaN stays text"}`);
  put('lines/a.jsonl', '{"step": 1, "loss": 0.5}\n{"step": 2, "loss": Infinity}\nnot json\n{"step": 3, "lo');
  const hf = await take(join(folder, 'hf'));
  expect(values(hf.imported[0]!.id, 'loss')).toEqual([Number.NaN]);
  expect(values(hf.imported[0]!.id, 'eval_loss')).toEqual([Number.NEGATIVE_INFINITY]);
  const lines = await take(join(folder, 'lines'));
  expect(values(lines.imported[0]!.id, 'loss')).toEqual([0.5, Number.POSITIVE_INFINITY]);
  expect(lines.skipped).toEqual([{ path: 'a.jsonl', reason: '2 lines that are no JSON object' }]);
});

test('a table of patients is no log of a training, and nothing of it is taken', async () => {
  put('data/patients.csv', 'id,age,outcome\n1,70,0\n2,80,1\n');
  const { added, skipped } = await take(join(folder, 'data'));
  expect({ added, skipped }).toEqual({
    added: 0,
    skipped: [
      { path: 'patients.csv', reason: 'it has no column step, epoch or iteration, so it is no log of a training' },
    ],
  });
  expect(vault.db.prepare('SELECT (SELECT count(*) FROM run) + (SELECT count(*) FROM study) AS n').get()).toEqual({
    n: 0,
  });
});

test('a log that grew adds only its new rows', async () => {
  put('grow/log.csv', 'step,loss\n1,0.5\n2,0.4\n');
  expect(await take(join(folder, 'grow'))).toMatchObject({ added: 1, points: 2 });
  put('grow/log.csv', 'step,loss\n1,0.5\n2,0.4\n3,0.3\n');
  expect(await take(join(folder, 'grow'))).toMatchObject({ added: 0, updated: 1, points: 1 });
});
