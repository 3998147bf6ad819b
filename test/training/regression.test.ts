import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTable } from '../../main/store/table/open-table.ts';
import { openModel } from '../../main/training/kept-model/open-model.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { rSquared } from '../../shared/statistics/r-squared.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { type TestVault, vaultWith, wish } from './cohort.ts';

/** Persons with one to three stays, whose length in hours hangs on age and ward; now and then it is missing. */
function stays(persons: number): string {
  const random = createRandom(31);
  const lines = ['patient,age,ward,hours'];
  for (let p = 0; p < persons; p++) {
    const age = 30 + random.below(60);
    for (let k = 0; k <= random.below(3); k++) {
      const ward = ['north', 'south'][random.below(2)]!;
      const hours = (60 + 1.5 * age + (ward === 'north' ? 40 : 0) + 12 * random.normal()).toFixed(2);
      lines.push(`P${p},${age},${ward},${random.uniform() < 0.03 ? '' : hours}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

let vault: TestVault;
let supervisor: Supervisor;
beforeAll(async () => {
  vault = await vaultWith(stays(220), 'patient');
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

async function train(changes: Partial<TrainSpec>) {
  const { id } = await supervisor.start(
    wish({ target: 'hours', features: ['age', 'ward'], recipe: 'mlp', engine: 'cpu', ...changes }),
  );
  await supervisor.wait(id);
  return vault.client.call('runs.show', { id });
}
const quick = { hidden: '8', epochs: 40 };

test('a number as target: errors in its unit, no classes, no threshold, rows without it left out', async () => {
  const run = await train({ params: { ...quick, threshold: 'sensitivity', imbalance: 'focal' } });
  expect(run).toMatchObject({ status: 'finished', task: 'regression', coefficients: null });
  for (const name of ['threshold', 'sensitivity_target', 'imbalance', 'focal_gamma']) {
    expect(run.params).not.toHaveProperty(name);
  }
  const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id: run.id });
  expect(evaluation).toMatchObject({ task: 'regression', classes: [], threshold: null, thresholdRule: null });
  const test = evaluation.parts.at(-1)!;
  expect(test).toMatchObject({ part: 'test', classRows: [], confusion: [] });
  const { truth, scores, classes } = predictions.find(({ part }) => part === 'test')!;
  expect(classes).toBe(0);
  expect(truth.every((hours) => hours > 50 && hours < 300)).toBe(true);
  expect(run.estimates['test/r2']!.value).toBeCloseTo(rSquared(truth, scores)!, 12);
  expect(run.estimates['test/r2']!.value).toBeGreaterThan(0.7);
  // The noise that was put in, in hours.
  expect(run.estimates['test/rmse']!.value).toBeGreaterThan(9);
  expect(run.estimates['test/rmse']!.value).toBeLessThan(20);
  expect(run.seriesKeys).toContain('validation/rmse');
});

test('folds give errors of each, and an ensemble of them predicts in the unit of the target', async () => {
  const run = await train({ split: { kind: 'folds', folds: 3 }, params: { ...quick, ensemble: 'folds' } });
  const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id: run.id });
  expect(evaluation.folds!.map(({ metrics }) => Object.keys(metrics))).toEqual(Array(3).fill(['rmse', 'mae', 'r2']));
  const version = await vault.client.call('internal.datasetVersion', { name: 'cohort', version: null });
  const table = openTable(vault.dir, version);
  const model = await openModel(vault.dir, run.id, { engine: 'cpu', cores: 1, deterministic: true });
  const { row, truth } = predictions[0]!;
  const data = { vaultDir: vault.dir, version, read: (name: string) => table.column(name) };
  expect(rSquared(truth, await model.predict(data, row))).toBeGreaterThan(0.8);
  model.dispose();
  table.close();
});
