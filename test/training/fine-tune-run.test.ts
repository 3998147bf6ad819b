import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { readModel } from '../../main/training/kept-model/open-model.ts';
import { keepModelFolder, modelFolder } from '../../main/training/model-folder.ts';
import { unpacked } from '../../main/training/recipes/cnn/stored-network.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;
let start: string;

/** Class folders of noisy pictures with a bright band; its place tells the class. */
async function pictures(name: string, classes: string[], side: number, count: number): Promise<void> {
  const random = createRandom(side);
  const root = mkdtempSync(join(tmpdir(), 'wardbook-pictures-'));
  for (const label of classes) mkdirSync(join(root, label));
  for (let i = 0; i < count; i++) {
    const k = i % classes.length;
    const data = Uint8Array.from({ length: side * side }, (_, p) => {
      const band = Math.floor(((p % side) * classes.length) / side);
      return Math.max(0, Math.min(255, 100 + (band === k ? 60 : 0) + 20 * random.normal()));
    });
    const png = encode({ width: side, height: side, channels: 1, depth: 8, data });
    writeFileSync(join(root, classes[k]!, `${i}.png`), png);
  }
  await importImages(vault.vault, { path: root, name, kind: 'images', subject: { kind: 'per-row' } });
}

async function train(changes: Partial<TrainSpec>) {
  const plain = { rotate: 0, zoom: 0, shift: 0, batch_size: 16, importance_repeats: 0 };
  const { params, ...others } = changes;
  const { id } = await supervisor.start(
    wish({ target: 'label', features: null, engine: 'cpu', cores: 1, params: { ...plain, ...params }, ...others }),
  );
  await supervisor.wait(id);
  const run = await vault.client.call('runs.show', { id });
  expect(run).toMatchObject({ status: 'finished', reason: null });
  return run;
}

beforeAll(async () => {
  vault = await vaultWith('a,label\n1,x\n3,y\n4,x\n5,y\n6,x\n7,y\n8,x\n9,y\n10,x\n11,y\n', null);
  await pictures('two', ['left', 'right'], 8, 60);
  await pictures('three', ['low', 'middle', 'top'], 12, 60);
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
  const dataset = { name: 'two', version: null };
  start = (await train({ recipe: 'cnn', dataset, params: { widths: '3, 4', epochs: 2 } })).id;
}, 120_000);
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

test('fine-tune goes on from a run: its parent, its image size, its frozen weights, a head for other classes', {
  timeout: 120_000,
}, async () => {
  const from = { kind: 'run', run: start } as const;
  const three = { recipe: 'fine-tune', dataset: { name: 'three', version: null }, params: { epochs: 2 }, from };
  const run = await train(three);
  expect(run).toMatchObject({ task: 'multiclass', parent: start, params: { depth: 'last-block' } });
  expect(run.estimates['test/auc']).toBeDefined();
  const [before, after] = [start, run.id].map((id) => readModel(vault.dir, id).members[0]!);
  expect(after!.preprocessing).toEqual(before!.preprocessing);
  expect(after!.preprocessing).toMatchObject({ images: { size: 8 } });
  // Stem 3·3·1·3 + 6 and block 1 2 × (3·3·3·3 + 6) are frozen; block 2 and a head of 4 × 3 + 3 learn.
  const frozen = 33 + 174;
  const learns = 3 * 3 * 3 * 4 + 8 + (3 * 3 * 4 * 4 + 8) + (3 * 4 + 8) + 15;
  expect(after!.model.document).toMatchObject({ trainable: learns, parameters: frozen + learns });
  const [was, is] = [before!, after!].map(({ model }) => unpacked(model)[0]!.parameters);
  expect(is!.subarray(0, frozen)).toEqual(was!.subarray(0, frozen));
  expect(is!.subarray(frozen, frozen + 50)).not.toEqual(was!.subarray(frozen, frozen + 50));
  const keys = ['network/trainable'];
  const [answer] = await vault.client.call('runs.series', { ids: [run.id], keys, maxPoints: 10 });
  expect(Array.from(answer!.series[0]!.values)).toEqual([learns]);

  const next = await train({ ...three, params: { epochs: 1, depth: 'head' }, from: { kind: 'run', run: run.id } });
  expect(next).toMatchObject({ parent: run.id });
  expect(readModel(vault.dir, next.id).members[0]!.model.document).toMatchObject({ trainable: 15 });
  expect(readFileSync(join(vault.dir, 'runs', next.id, 'artifacts', 'model.json'), 'utf8')).toContain('"fine-tune"');
});

test('fine-tune goes on from a model folder: its image size, a head for the classes, its hash in the record', {
  timeout: 120_000,
}, async () => {
  const hash = keepModelFolder(vault.dir, join(import.meta.dirname, 'fixtures', 'keras', 'residual'));
  const from = { kind: 'model', hash } as const;
  const three = { recipe: 'fine-tune', dataset: { name: 'three', version: null }, from };
  const run = await train({ ...three, params: { epochs: 1, depth: 'head' } });
  expect(run).toMatchObject({ task: 'multiclass', parent: null });
  const { model, preprocessing } = readModel(vault.dir, run.id).members[0]!;
  expect(preprocessing).toMatchObject({ images: { size: 10, channels: 1 } });
  expect(model.document).toMatchObject({ kind: 'layers', origin: hash, trainable: 6 * 3 + 3 });
  const { spec } = await vault.client.call('internal.runRecord', { id: run.id });
  expect(spec).toMatchObject({ from });
  const next = await train({ ...three, params: { epochs: 1 }, from: { kind: 'run', run: run.id } });
  expect(next).toMatchObject({ parent: run.id });
});

test('a start that cannot be one is refused before a run is made', { timeout: 60_000 }, async () => {
  const table = { dataset: { name: 'cohort', version: null }, features: ['a'], recipe: 'logistic' };
  const logistic = await vault.client.call('training.estimate', wish({ ...table, target: 'label' }));
  expect(logistic.task).toBe('binary');
  const { id } = await supervisor.start(
    wish({ ...table, target: 'label', split: { kind: 'shares', train: 0.5, validation: 0, test: 0.5 } }),
  );
  await supervisor.wait(id);
  const count = () => vault.vault.db.prepare('SELECT count(*) FROM run').pluck().get();
  const before = count();
  const tune = (from: TrainSpec['from'], recipe = 'fine-tune') =>
    supervisor.start(wish({ recipe, dataset: { name: 'two', version: null }, target: 'label', features: null, from }));
  await expect(tune(null)).rejects.toMatchObject({ code: 'PARAM_INVALID', message: expect.stringContaining('--from') });
  await expect(tune({ kind: 'run', run: id })).rejects.toMatchObject({ code: 'KIND_UNSUPPORTED' });
  await expect(tune({ kind: 'run', run: 'f'.repeat(32) })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  await expect(tune({ kind: 'model', hash: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  const damaged = keepModelFolder(vault.dir, join(import.meta.dirname, 'fixtures', 'keras', 'nested'));
  appendFileSync(join(modelFolder(vault.dir, damaged), 'model.json'), ' ');
  await expect(tune({ kind: 'model', hash: damaged })).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  await expect(tune({ kind: 'run', run: start }, 'cnn')).rejects.toMatchObject({ code: 'PARAM_INVALID' });
  expect(count()).toBe(before);
});
