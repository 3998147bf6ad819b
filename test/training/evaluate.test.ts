import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importTable } from '../../main/datasets/import-table.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;
let parent: string;
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(200, 51), 'patient');
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
  ({ id: parent } = await supervisor.start(wish({})));
  await supervisor.wait(parent);
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

/** Imports a cohort as another dataset, its lines changed. */
async function dataset(name: string, change: (cells: string[], line: number) => string[], seed = 52): Promise<void> {
  const lines = cohortCsv(150, seed).trim().split('\n');
  const path = join(vault.dir, '..', `${name}.csv`);
  writeFileSync(path, `${lines.map((line, i) => change(line.split(','), i).join(',')).join('\n')}\n`);
  await importTable(vault.vault, { path, name, subject: { kind: 'column', column: 'patient', exact: false } });
}
const others = (cells: string[], line: number): string[] => (line === 0 ? cells : [`Q${cells[0]!}`, ...cells.slice(1)]);
const evaluate = async (name: string) => {
  const { id } = await supervisor.evaluate({ run: parent, dataset: { name, version: null } });
  await supervisor.wait(id);
  return vault.client.call('runs.show', { id });
};

test('on its own data the model gives its own test predictions, and everybody it has seen is left out', async () => {
  const run = await evaluate('cohort');
  const of = await vault.client.call('runs.show', { id: parent });
  expect(run).toMatchObject({ status: 'finished', parent, recipe: 'logistic', params: of.params });
  const [own, again] = await Promise.all(
    [parent, run.id].map(async (id) => vault.client.call('runs.evaluation', { id })),
  );
  const held = own!.predictions.find(({ part }) => part === 'test')!;
  expect(again!.predictions).toEqual([held]);
  expect(again!.evaluation).toMatchObject({
    threshold: own!.evaluation.threshold,
    thresholdRule: own!.evaluation.thresholdRule,
  });
  expect(run.estimates).toEqual(
    Object.fromEntries(Object.entries(of.estimates).filter(([key]) => key.startsWith('test/'))),
  );
  expect(run.evaluationOf).toMatchObject({
    run: parent,
    subjects: 200,
    subjectsSeenInTraining: of.split!.train + of.split!.validation,
    refused: [],
    units: [],
    newCategories: [],
  });
});

test('ids are compared as within one dataset: another case or leading zeros hide nobody', async () => {
  await dataset('written-otherwise', (cells, i) =>
    i === 0 ? cells : [cells[0]!.replace('P', 'p00'), ...cells.slice(1)],
  );
  const { evaluationOf } = await evaluate('written-otherwise');
  const { evaluationOf: own } = await evaluate('cohort');
  // The first 150 of the 200 persons, by id.
  expect(evaluationOf!.subjectsSeenInTraining).toBeGreaterThan(0.6 * 150);
  expect(evaluationOf!.subjectsSeenInTraining).toBeLessThan(own!.subjectsSeenInTraining!);
});

test('other persons in another unit, with a new ward: all tested, both named', async () => {
  await dataset('elsewhere', (cells, i) => {
    const row = others(cells, i);
    if (i === 0) return row;
    // Pressure in kPa.
    if (row[3] !== '') row[3] = (Number(row[3]) / 7.5006).toFixed(2);
    if (i % 10 === 0) row[5] = 'east';
    return row;
  });
  const { evaluationOf } = await evaluate('elsewhere');
  expect(evaluationOf).toMatchObject({ subjects: 150, subjectsSeenInTraining: 0, excludedRows: 0 });
  expect(evaluationOf!.newCategories).toEqual([{ column: 'ward', levels: ['east'], rows: expect.any(Number) }]);
  expect(evaluationOf!.units).toEqual([
    expect.objectContaining({ column: 'pressure', conversion: 'mmHg and kPa (÷7.5006)' }),
  ]);
});

describe('what does not fit is refused by name, and no run is made', () => {
  test.each([
    ['a missing column', (cells: string[]) => cells.toSpliced(2, 1), /columns are missing: age/],
    ['another type', (c: string[], i: number) => (i === 0 ? c : c.with(2, `${c[2]!}y`)), /age \(numbers expected\)/],
    ['an unknown class', (c: string[], i: number) => (i === 5 ? c.with(7, 'perhaps') : c), /1 class that the model/],
  ])('%s', async (name, change, message) => {
    const named = name.replaceAll(' ', '-');
    await dataset(named, (cells, i) => change(others(cells, i), i));
    const count = async () => (await vault.client.call('runs.search', { text: 'logistic', limit: 100 })).length;
    const before = await count();
    await expect(evaluate(named)).rejects.toMatchObject({
      code: 'DATASET_UNFIT',
      message: expect.stringMatching(message),
    });
    expect(await count()).toBe(before);
  });
});
