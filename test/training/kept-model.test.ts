import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../main/store/table/open-table.ts';
import { openModel } from '../../main/training/kept-model/open-model.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(120, 21), 'patient');
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

async function train(changes: Partial<TrainSpec>) {
  const { id } = await supervisor.start(wish({ engine: 'cpu', ...changes }));
  await supervisor.wait(id);
  return vault.client.call('runs.show', { id });
}
const runtime = { engine: 'cpu', cores: 1, deterministic: true } as const;
const folder = (id: string) => join(vault.dir, 'runs', id, 'artifacts');

/** Scores of rows of the cohort by the model that a run kept. */
async function scoresOf(id: string, rows: Int32Array): Promise<Float64Array> {
  const version = await vault.client.call('internal.datasetVersion', { name: 'cohort', version: null });
  const table = openTable(vault.dir, version);
  const model = await openModel(vault.dir, id, runtime);
  const scores = await model.predict({ vaultDir: vault.dir, version, read: (name) => table.column(name) }, rows);
  model.dispose();
  table.close();
  return scores;
}

test.each([
  ['logistic', {}],
  ['mlp', { epochs: 5, hidden: '6' }],
] as const)('%s: the model that was kept predicts what the run recorded', async (recipe, params) => {
  for (const target of ['outcome', 'stage']) {
    const run = await train({ recipe, params, target });
    const { predictions } = await vault.client.call('runs.evaluation', { id: run.id });
    const held = predictions.find(({ part }) => part === 'test')!;
    expect(await scoresOf(run.id, held.row)).toEqual(held.scores);
  }
});

describe('an ensemble of folds', () => {
  const split = { kind: 'folds', folds: 3 } as const;

  test('keeps the models of the folds, each with its preprocessing, and predicts their mean', async () => {
    const run = await train({ split, params: { ensemble: 'folds' } });
    expect(run.artifacts.map(({ path }) => path)).toEqual([
      'fold-1/model.json',
      'fold-1/preprocessing.json',
      'fold-2/model.json',
      'fold-2/preprocessing.json',
      'fold-3/model.json',
      'fold-3/preprocessing.json',
      'model.json',
    ]);
    expect(run).toMatchObject({ params: { ensemble: 'folds' }, coefficients: null });
    expect(run.seriesKeys).not.toContain('train/loss');
    const { predictions } = await vault.client.call('runs.evaluation', { id: run.id });
    const { row, scores, fold } = predictions[0]!;
    const mean = await scoresOf(run.id, row);

    // Each member alone, put where a run of one model has it: its own fold is what the run predicted out of fold.
    const members: Float64Array[] = [];
    for (const name of ['fold-1', 'fold-2', 'fold-3']) {
      const alone = join(vault.dir, 'runs', 'f'.repeat(32), 'artifacts');
      mkdirSync(alone, { recursive: true });
      for (const file of ['model.json', 'preprocessing.json']) {
        writeFileSync(join(alone, file), readFileSync(join(folder(run.id), name, file)));
      }
      members.push(await scoresOf('f'.repeat(32), row));
    }
    for (let i = 0; i < row.length; i++) {
      expect(scores[i]).toBe(members[fold![i]!]![i]);
      expect(mean[i]).toBeCloseTo((members[0]![i]! + members[1]![i]! + members[2]![i]!) / 3, 14);
    }
    expect(members[0]).not.toEqual(members[1]);
  });

  test('has the out-of-fold estimates of the same run without one', async () => {
    const alone = await train({ split });
    const ensemble = await train({ split, params: { ensemble: 'folds' } });
    expect(ensemble.estimates).toEqual(alone.estimates);
  });

  test('needs folds', async () => {
    await expect(train({ params: { ensemble: 'folds' } })).rejects.toMatchObject({ code: 'PARAM_INVALID' });
  });
});

test('a model kept by an earlier version opens: its head says less', async () => {
  const run = await train({});
  const path = join(folder(run.id), 'model.json');
  const { recipeVersion, ...document } = JSON.parse(readFileSync(path, 'utf8'));
  expect(recipeVersion).toMatch(/^\d+\.\d+$/);
  writeFileSync(path, JSON.stringify(document));
  expect(await scoresOf(run.id, Int32Array.of(0, 1))).toHaveLength(2);
});

test('a run without a model, and a model with a file missing, are named', async () => {
  await expect(openModel(vault.dir, 'e'.repeat(32), runtime)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  const run = await train({ seed: 5 });
  rmSync(join(folder(run.id), 'preprocessing.json'));
  await expect(openModel(vault.dir, run.id, runtime)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
});
