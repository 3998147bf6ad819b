import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { importTable } from '../../main/datasets/import-table.ts';
import type { Vault } from '../../main/store/vault.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { cliJson, runCli } from '../cli/run-cli.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { plantRun } from './planted-runs.ts';

const persons = 160;
type Person = { id: string; age: number; ward: string; died: number; score: number };
const random = createRandom(8);
/** Two rows each; the model knows nothing in the south ward, and the east ward has four persons. */
const people: Person[] = Array.from({ length: persons }, (_, p) => {
  const ward = p < 4 ? 'east' : p < 14 ? '' : p % 2 === 0 ? 'north' : 'south';
  const died = random.below(2);
  const knows = ward === 'south' ? 0 : 1.8;
  const z = knows * (died - 0.5) + random.normal();
  return { id: `P-${p}`, age: 40 + random.below(41), ward, died, score: 1 / (1 + Math.exp(-z)) };
});
const rows = people.flatMap((person) => [person, person]);
const day = (k: number) => new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10);

const dir = temporaryFolder();
let vault: Vault;
let run: string;
let numbers: string;
let unknown: string;

/** Predictions of every row but the first of each ten, in falling order of rows: they need not come sorted. */
function heldOut(part: 'test' | 'oof', more: Partial<PredictionColumns> = {}): PredictionColumns {
  const at = Int32Array.from(rows.keys())
    .filter((row) => row % 10 !== 0)
    .reverse();
  return {
    part,
    rows: at.length,
    classes: 2,
    row: at,
    truth: Float64Array.from(at, (row) => rows[row]!.died),
    scores: Float64Array.from(at, (row) => rows[row]!.score),
    subject: Int32Array.from(at, (row) => Math.floor(row / 2)),
    fold: part === 'oof' ? Int16Array.from(at, (row) => row % 5) : null,
    ...more,
  };
}

beforeAll(async () => {
  vault = openTestVault(dir);
  const lines = rows.map(({ id, age, ward, died }, k) =>
    [id, age, ward, day(k % 300), k % 3 === 0 ? 1 : 0, died].join(),
  );
  const path = join(temporaryFolder(), 'stays.csv');
  writeFileSync(path, `patient,age,ward,admitted,alone,died\n${lines.join('\n')}\n`);
  await importTable(vault, { path, name: 'stays', subject: { kind: 'column', column: 'patient', exact: false } });
  const dataset = { name: 'stays', version: 1 };
  run = plantRun(vault, { name: 'classes', dataset, predictions: heldOut('oof') });
  const age = heldOut('test').row;
  numbers = plantRun(vault, {
    name: 'numbers',
    dataset,
    task: 'regression',
    target: 'age',
    predictions: heldOut('test', {
      classes: 0,
      truth: Float64Array.from(age, (row) => rows[row]!.age),
      scores: Float64Array.from(age, (row) => rows[row]!.age + (rows[row]!.ward === 'south' ? 9 : 2) * random.normal()),
    }),
  });
  unknown = plantRun(vault, { name: 'no persons', dataset, predictions: heldOut('test', { subject: null }) });
});
afterAll(() => vault.close());

const ask = (id: string, column: string, bins: number | null = null) =>
  inProcessClient(vault).call('runs.subgroups', { id, column, bins });

test('each value is a group, the missing the last: estimates of its rows with persons as the unit, and p that they are alike', async () => {
  const found = await ask(run, 'ward');
  expect(found).toMatchObject({ column: 'ward', kind: 'levels', part: 'oof' });
  expect(found.groups.map(({ label }) => label)).toEqual(['east', 'north', 'south', 'missing']);
  const south = found.groups[2]!;
  const own = rows.filter((row, k) => k % 10 !== 0 && row.ward === 'south');
  expect(south).toMatchObject({
    rows: own.length,
    subjects: new Set(own.map(({ id }) => id)).size,
    positives: own.filter(({ died }) => died === 1).length,
    tooFew: false,
  });
  expect(south.estimates.auc!.value).toBeCloseTo(
    auc(
      own.map(({ died }) => died),
      own.map(({ score }) => score),
    )!,
    12,
  );
  expect(south.estimates.auc).toMatchObject({ method: 'clustered DeLong (Obuchowski)', subjects: south.subjects });
  expect(Object.keys(south.estimates)).toEqual(expect.arrayContaining(['sensitivity', 'specificity', 'brier']));
  expect(found.heterogeneity!.metric).toBe('auc');
  expect(found.heterogeneity!.p).toBeLessThan(0.001);
  expect(found.heterogeneity!.method).toContain('clustered DeLong');
});

test('a group of fewer than 11 persons has counts and nothing else, also without known persons', async () => {
  const { groups } = await ask(run, 'ward');
  expect(groups[0]).toEqual({
    label: 'east',
    rows: 7,
    subjects: 4,
    positives: groups[0]!.positives,
    tooFew: true,
    estimates: {},
  });
  expect(groups[3]).toMatchObject({ subjects: 10, tooFew: true, estimates: {} });
  const without = (await ask(unknown, 'ward')).groups;
  expect(without[0]).toMatchObject({ rows: 7, subjects: null, tooFew: true, estimates: {} });
  expect(without[1]!.estimates.auc!.method).toContain('assumes one row per subject');
});

test('a number with many values is cut into bins of about equal size that part no value; a date as well; 0 and 1 are not', async () => {
  const four = await ask(run, 'age');
  expect(four.kind).toBe('bins');
  expect(four.groups).toHaveLength(4);
  let last = 0;
  for (const { label, rows: count } of four.groups) {
    const [low, high] = /^(\d+) to (\d+)$/.exec(label)!.slice(1).map(Number) as [number, number];
    expect(low).toBeGreaterThan(last);
    last = high;
    expect(count).toBe(rows.filter(({ age }, k) => k % 10 !== 0 && age >= low && age <= high).length);
    expect(count).toBeGreaterThan(288 / 4 - 25);
  }
  expect((await ask(run, 'age', 7)).groups).toHaveLength(7);
  const dates = await ask(run, 'admitted', 2);
  expect(dates.groups.map(({ label }) => label)[0]).toMatch(/^2020-01-\d\d to 2020-\d\d-\d\d$/);
  const alone = await ask(run, 'alone');
  expect([alone.kind, alone.groups.map(({ label }) => label)]).toEqual(['levels', ['0', '1']]);
});

test('of a predicted number: errors in its unit, and no positives', async () => {
  const found = await ask(numbers, 'ward');
  const [, north, south] = found.groups;
  expect(north).toMatchObject({ positives: null });
  expect(Object.keys(north!.estimates)).toEqual(expect.arrayContaining(['rmse', 'mae', 'r2']));
  expect(north!.estimates.rmse!.value!).toBeLessThan(3);
  expect(south!.estimates.rmse!.value!).toBeGreaterThan(6);
  expect(found.heterogeneity).toMatchObject({ metric: 'rmse' });
  expect(found.heterogeneity!.p).toBeLessThan(0.01);
});

test('the column of the persons makes no groups, nor does one that is not there', async () => {
  await expect(ask(run, 'patient')).rejects.toMatchObject({ code: 'FEATURES_INVALID' });
  await expect(ask(run, 'nobody')).rejects.toMatchObject({ code: 'COLUMN_NOT_FOUND' });
  const untested = plantRun(vault, { name: 'none', dataset: { name: 'stays', version: 1 }, predictions: null });
  await expect(ask(untested, 'ward')).rejects.toMatchObject({ code: 'NO_PREDICTIONS' });
});

test('an image dataset is grouped by a column of its labels, not by its files', async () => {
  const root = join(temporaryFolder(), 'slides');
  const fixtures = join(import.meta.dirname, '../datasets/fixtures/images');
  const labels = ['file,centre,outcome'];
  for (let k = 0; k < 24; k++) {
    const name = `slide-${k}.png`;
    mkdirSync(root, { recursive: true });
    copyFileSync(join(fixtures, k % 2 === 0 ? 'grey-8.png' : 'rgb-8.png'), join(root, name));
    labels.push(`${name},${k < 12 ? 'one' : 'two'},${k % 2}`);
  }
  writeFileSync(join(root, 'labels.csv'), `${labels.join('\n')}\n`);
  await importImages(vault, { path: root, name: 'slides', kind: 'images', subject: { kind: 'per-row' } });
  const row = Int32Array.from({ length: 24 }, (_, k) => k);
  const predictions: PredictionColumns = {
    ...heldOut('test'),
    rows: 24,
    row,
    truth: Float64Array.from(row, (k) => k % 2),
    scores: Float64Array.from(row, (k) => ((k * 7) % 24) / 24),
    subject: row,
  };
  const id = plantRun(vault, { name: 'slides', dataset: { name: 'slides', version: 1 }, predictions });
  const found = await ask(id, 'centre');
  expect(found.groups).toMatchObject([
    { label: 'one', rows: 12, subjects: 12, positives: 6 },
    { label: 'two', rows: 12, subjects: 12, positives: 6 },
  ]);
  expect(found.groups[0]!.estimates.auc!.value).not.toBeNull();
  const images = (await inProcessClient(vault).call('datasets.show', { name: 'slides', version: 1 })).images!.column;
  await expect(ask(id, images)).rejects.toMatchObject({ code: 'FEATURES_INVALID' });
});

test('wardbook groups prints what the call answers, or a table', () => {
  const json = cliJson(dir, 'groups', run, '--by', 'age', '--bins', '3') as { groups: { label: string }[] };
  expect(json.groups).toHaveLength(3);
  const { stdout } = runCli(dir, 'groups', run.slice(0, 12), '--by', 'ward');
  expect(stdout).toMatch(/^ward +rows +subjects +positive +auc +sensitivity/);
  expect(stdout).toMatch(/east +7 +4 +\d +too few/);
  expect(stdout).toMatch(/The same auc in all groups: p < 0\.001 \(chi-square over 2 groups/);
  expect(runCli(dir, 'groups', run, '--by', 'age', '--bins', '11').status).toBe(2);
  expect(runCli(dir, 'groups', run).status).toBe(2);
});
