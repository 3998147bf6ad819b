import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FitContext, fitOnRows } from '../../../main/training/fit-on-rows.ts';
import { measureImportance } from '../../../main/training/importance/measure-importance.ts';
import type { FeatureColumn } from '../../../main/training/preprocessing/feature-column.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { auc } from '../../../shared/statistics/auc.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { quietReport } from '../quiet-report.ts';
import { numbers, tableContext } from './table-context.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);

async function importanceOf(context: FitContext, train: Int32Array, held: Int32Array, seed = 1) {
  const report = quietReport();
  const fitted = await fitOnRows(context, { name: 'kept', train, validation: null, seed, report });
  const measurement = measureImportance(context, held, seed, report)!;
  await measurement.add(fitted, held);
  return { importance: measurement.result()!, fitted, lines: report.lines };
}

test('agrees with scikit-learn’s permutation importance within the error of both draws', async () => {
  const { x, y } = fixture('logistic-synthetic') as { x: number[][]; y: number[] };
  const reference = fixture('permutation-importance') as { auc: number; mean: number[]; sd: number[] };
  const columns = Object.fromEntries(x[0]!.map((_, c) => [`c${c}`, numbers(x.map((row) => row[c]!))]));
  const context = await tableContext(columns, y, { params: { l2: 1, importance_repeats: 100 } });
  const all = range(0, y.length);
  const { importance } = await importanceOf(context, all, all);
  expect(importance).toMatchObject({ metric: 'auc', repeats: 100, rows: 240, subjects: null });
  expect(importance.baseline).toBeCloseTo(reference.auc, 9);
  for (const [k, { mean, sd }] of importance.features.entries()) {
    const error = reference.sd[k]! * Math.sqrt(1 / 100 + 1 / 400);
    expect(Math.abs(mean - reference.mean[k]!)).toBeLessThan(3.5 * error);
    expect(sd! / reference.sd[k]!).toBeGreaterThan(0.75);
    expect(sd! / reference.sd[k]!).toBeLessThan(1.33);
  }
});

/** Every person twice; the outcome hangs on the category, and less on where the number is missing. */
function cohort(persons: number, seed: number) {
  const random = createRandom(seed);
  const rows = persons * 2;
  const codes = Int32Array.from({ length: rows }, () => random.below(4));
  const number = Float64Array.from({ length: rows }, () => random.normal());
  const missing = Uint8Array.from({ length: rows }, () => (random.uniform() < 0.3 ? 1 : 0));
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const score = [1.5, -1.5, 0.5, -0.5][codes[i]!]! + (missing[i] === 1 ? 2 : 0) + random.normal();
    return score > 0.3 ? 1 : 0;
  });
  const columns: Record<string, FeatureColumn> = {
    ward: { codes, dictionary: ['a', 'b', 'c', 'd'], missing: new Uint8Array(rows) },
    number: { values: number, missing },
    constant: numbers(new Float64Array(rows)),
  };
  return { columns, y, subject: Int32Array.from({ length: rows }, (_, i) => i >> 1), rows };
}

describe('features of a table', () => {
  const { columns, y, subject, rows } = cohort(300, 3);
  const train = range(0, 400);
  const held = range(400, rows);

  test('all model columns of a feature move together: the scores are those of rows with the other row’s cells', async () => {
    const context = await tableContext(columns, y, { subject, params: { missing_indicator: true } });
    const { fitted } = await importanceOf(context, train, held);
    const order = Int32Array.from(held, (_, k) => (k + 7) % held.length);
    const shuffled = await fitted.shuffling(held)('ward', order);
    const cells = columns.ward as { codes: Int32Array; dictionary: string[]; missing: Uint8Array };
    const moved = Int32Array.from(cells.codes);
    held.forEach((row, k) => {
      moved[row] = cells.codes[held[order[k]!]!]!;
    });
    const other = { ...columns, ward: { ...cells, codes: moved } };
    const expected = await (
      await importanceOf({ ...context, read: (name) => other[name as 'ward'] }, train, held)
    ).fitted.predict(held);
    expect(shuffled).toEqual(expected);
    expect(await fitted.shuffling(held)('constant', order)).toBeNull();
  });

  test.each([
    ['logistic', { missing_indicator: true }],
    ['random-forest', { trees: 40 }],
    ['gradient-boosting', { trees: 40, patience: 0 }],
  ])(
    '%s: what explains the outcome is worth most, a feature that was left out nothing',
    async (recipe, params: Record<string, ParamValue>) => {
      const context = await tableContext(columns, y, { recipe, subject, params });
      const { importance, fitted } = await importanceOf(context, train, held);
      expect(importance).toMatchObject({ metric: 'auc', subjects: 100, rows: 200, repeats: 5 });
      const truth = Float64Array.from(held, (i) => y[i]!);
      expect(importance.baseline).toBeCloseTo(auc(truth, await fitted.predict(held))!, 12);
      const of = (name: string) => importance.features.find((feature) => feature.name === name)!;
      expect(of('ward').low).toBeGreaterThan(of('number').mean);
      expect(of('number').low).toBeGreaterThan(0);
      expect(of('ward').high).toBeGreaterThan(of('ward').mean);
      expect(of('constant')).toEqual({ name: 'constant', mean: 0, sd: 0, low: 0, high: 0 });
    },
  );

  test('the same seed gives the same numbers, another one others, and a feature’s do not hang on the others', async () => {
    const context = await tableContext(columns, y, { subject });
    const one = (await importanceOf(context, train, held, 5)).importance;
    expect((await importanceOf(context, train, held, 5)).importance).toEqual(one);
    expect((await importanceOf(context, train, held, 6)).importance).not.toEqual(one);
    const { ward, number } = columns;
    const fewer = await tableContext({ number: number!, ward: ward! }, y, { subject });
    const again = (await importanceOf(fewer, train, held, 5)).importance;
    expect(again.features[1]!.mean).toBeCloseTo(one.features[0]!.mean, 9);
  });

  test('0 repeats leave it out; of one class only it is undefined and the log says so', async () => {
    const none = await tableContext(columns, y, { params: { importance_repeats: 0 } });
    expect(measureImportance(none, held, 1, quietReport())).toBeNull();
    const context = await tableContext(columns, y, {});
    const negatives = held.filter((i) => y[i] === 0);
    const { importance, lines } = await importanceOf(context, train, negatives);
    expect(importance).toBeNull();
    expect(lines.at(-1)).toMatch(/one class/);
  });

  test('several classes: the mean of one-versus-rest AUCs; numbers: the RMSE gained', async () => {
    const three = y.map((value, i) => value + ((columns.ward as { codes: Int32Array }).codes[i] === 0 ? 1 : 0));
    const many = await tableContext(columns, three, { subject, classes: ['x', 'y', 'z'] });
    const { importance } = await importanceOf(many, train, held);
    expect(importance.metric).toBe('auc');
    expect(importance.features[0]!.low).toBeGreaterThan(0.1);
    const amount = three.map((value) => 10 * value);
    const regression = await tableContext(columns, amount, { recipe: 'linear', subject, classes: [] });
    const gained = (await importanceOf(regression, train, held)).importance;
    expect(gained.metric).toBe('rmse');
    expect(gained.features[0]!.low).toBeGreaterThan(1);
  });
});

test('the interval of a feature that is pure noise covers 0 in about 95 of 100 studies, or somewhat more often', async () => {
  const studies = 300;
  let covered = 0;
  for (let study = 0; study < studies; study++) {
    const random = createRandom(1000 + study);
    const rows = 400;
    const signal = Float64Array.from({ length: rows }, () => random.normal());
    const noise = Float64Array.from({ length: rows }, () => random.normal());
    const y = signal.map((value) => (value + 1.5 * random.normal() > 0 ? 1 : 0));
    const context = await tableContext({ signal: numbers(signal), noise: numbers(noise) }, y, { params: { l2: 0 } });
    // Few rows in training: the model takes the noise for real.
    const { importance } = await importanceOf(context, range(0, 60), range(60, rows), study);
    const { low, high } = importance.features[1]!;
    if (low! <= 0 && high! >= 0) covered++;
  }
  expect(covered / studies).toBeGreaterThan(0.91);
});
