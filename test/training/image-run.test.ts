import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;

/** Class folders of noisy grey pictures: the left half of a `yes` is brighter than its right half. */
async function pictures(name: string, count: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  const root = mkdtempSync(join(tmpdir(), 'wardbook-pictures-'));
  for (let i = 0; i < count; i++) {
    const yes = i % 2 === 0;
    const folder = join(root, yes ? 'yes' : 'no');
    mkdirSync(folder, { recursive: true });
    const data = Uint8Array.from({ length: 144 }, (_, p) => {
      const left = p % 12 < 6;
      return Math.max(0, Math.min(255, 120 + (left === yes ? 30 : -30) + 35 * random.normal()));
    });
    writeFileSync(join(folder, `${i}.png`), encode({ width: 12, height: 12, channels: 1, depth: 8, data }));
  }
  await importImages(vault.vault, { path: root, name, kind: 'images', subject: { kind: 'per-row' } });
}

const network = (seed: number) =>
  wish({
    recipe: 'cnn',
    dataset: { name: 'halves', version: null },
    target: 'label',
    features: null,
    params: { widths: '4, 8', epochs: 4, batch_size: 16, rotate: 0, zoom: 0, shift: 0, importance_repeats: 0 },
    engine: 'cpu',
    cores: 1,
    seed,
  });

beforeAll(async () => {
  vault = await vaultWith('a,b\n1,2\n3,4\n', null);
  await pictures('halves', 160, 3);
  await pictures('elsewhere', 60, 4);
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

const finished = async (id: string) => {
  await supervisor.wait(id);
  const run = await vault.client.call('runs.show', { id });
  expect(run).toMatchObject({ status: 'finished', reason: null });
  return run;
};

test('a network learns from an image dataset, the same seed gives the same files, and its model predicts pictures from elsewhere', {
  timeout: 120_000,
}, async () => {
  const started = [await supervisor.start(network(5)), await supervisor.start(network(5))];
  const [run, again] = await Promise.all(started.map(({ id }) => finished(id)));
  expect(run!.features).toEqual(['file']);
  expect(run!.estimates['test/auc']!.value).toBeGreaterThan(0.95);
  expect(again!.artifacts).toEqual(run!.artifacts);
  expect(again!.estimates).toEqual(run!.estimates);
  const other = await finished(
    (await supervisor.evaluate({ run: run!.id, dataset: { name: 'elsewhere', version: null } })).id,
  );
  expect(other.estimates['test/auc']).toMatchObject({ rows: 60 });
  expect(other.estimates['test/auc']!.value).toBeGreaterThan(0.85);
});

test('evaluated on pictures that it saw in training, the run leaves them out and says how many', {
  timeout: 120_000,
}, async () => {
  // The first 60 of the 160 that were trained, validated and tested on.
  await pictures('again', 60, 3);
  const run = await finished((await supervisor.start(network(6))).id);
  const evaluated = await supervisor.evaluate({ run: run.id, dataset: { name: 'again', version: null } });
  const { evaluationOf, estimates } = await finished(evaluated.id);
  const seen = evaluationOf!.imagesSeenInTraining!;
  expect(seen).toBeGreaterThan(36);
  expect(seen).toBeLessThan(60);
  expect(estimates['test/brier']).toMatchObject({ rows: 60 - seen });
  const elsewhere = await supervisor.evaluate({ run: run.id, dataset: { name: 'elsewhere', version: null } });
  expect((await finished(elsewhere.id)).evaluationOf).toMatchObject({ imagesSeenInTraining: 0 });
});

test('a recipe for images refuses a table, and a table is no dataset to apply its model to', async () => {
  await expect(
    supervisor.start(wish({ recipe: 'cnn', target: 'a', features: null, engine: 'cpu' })),
  ).rejects.toMatchObject({ code: 'KIND_UNSUPPORTED' });
});
