import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { linear } from '../../main/training/recipes/linear/linear.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { notRun } from '../not-run.ts';
import { fitInput } from './fit-input.ts';
import { hasPublicTables, publicTable } from './public-table.ts';

if (!hasPublicTables) notRun('linear against scikit-learn', 'there is no ../shared/data');
const reference = JSON.parse(readFileSync(new URL('fixtures/linear.json', import.meta.url), 'utf8')) as {
  fits: { l2: number; weights: number[]; intercept: number }[];
  leastSquaresErrors: number[];
};
const features = JSON.parse(readFileSync(new URL('fixtures/trees.json', import.meta.url), 'utf8')).whas500
  .features as string[];

describe.skipIf(!hasPublicTables)('on WHAS500, predicting the blood pressure', () => {
  const inputs = () => {
    const used = features.filter((feature) => feature !== 'sysbp');
    const { all, columns } = publicTable('whas500', used, 'sysbp');
    const scaled = columns.map(({ name }, j) => {
      const values = Float64Array.from({ length: all.rows }, (_, i) => all.x[i * used.length + j]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / all.rows;
      return { name, mean, scale: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.rows) };
    });
    const x = all.x.map((value, i) => (value - scaled[i % used.length]!.mean) / scaled[i % used.length]!.scale);
    return { train: { ...all, x }, columns: scaled, validation: null, classes: [] };
  };

  test('weights are those of Ridge to 1e-6, for every penalty', async () => {
    for (const { l2, weights, intercept } of reference.fits) {
      const { document } = await linear.fit(fitInput({ ...inputs(), params: { l2 } }));
      const found = document.weights as number[];
      const worst = Math.max(...[...weights, intercept].map((w, j) => Math.abs(w - found[j]!)));
      expect(worst).toBeLessThan(1e-6);
    }
  });

  test('without a penalty the standard errors are those of ordinary least squares', async () => {
    const given = inputs();
    const { coefficients } = await linear.fit(fitInput({ ...given, params: { l2: 0 } }));
    given.columns.forEach(({ scale }, j) => {
      expect(coefficients![j + 1]!.standardError! * scale).toBeCloseTo(reference.leastSquaresErrors[j]!, 8);
    });
  });
});

function table(rows: number, columns: number) {
  const random = createRandom(4);
  const x = Float64Array.from({ length: rows * columns }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => 3 + 2 * x[i * columns]! + 0.1 * random.normal());
  const names = Array.from({ length: columns }, (_, j) => ({ name: `c${j}`, mean: 0, scale: 1 }));
  return { train: { kind: 'table' as const, x, y, rows, columns }, columns: names, validation: null, classes: [] };
}

test('with more columns than rows the solution is still the ridge solution', async () => {
  const given = table(20, 60);
  const { document } = await linear.fit(fitInput({ ...given, params: { l2: 2 } }));
  const w = document.weights as number[];
  const { x, y } = given.train;
  const rest = y.map((value, i) => value - w[60]! - w.slice(0, 60).reduce((sum, v, j) => sum + v * x[i * 60 + j]!, 0));
  // The gradient is zero: Xᵀ·residual = l2 · w, and the residuals add up to nothing.
  for (let j = 0; j < 60; j++)
    expect(rest.reduce((sum, r, i) => sum + r * x[i * 60 + j]!, -2 * w[j]!)).toBeCloseTo(0, 8);
  expect(rest.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 8);
});

test('columns that repeat one another without a penalty are warned of, and the fit still predicts', async () => {
  const given = table(50, 2);
  for (let i = 0; i < 50; i++) given.train.x[2 * i + 1] = given.train.x[2 * i]!;
  const input = fitInput({ ...given, params: { l2: 0 } });
  const model = await linear.fit(input);
  expect(input.report.lines.join(' ')).toContain('determine one another');
  expect(model.coefficients!.every(({ standardError }) => standardError === null)).toBe(true);
  const predicted = await model.predict(given.train);
  for (const [i, value] of predicted.entries()) expect(Math.abs(value - given.train.y[i]!)).toBeLessThan(0.5);
});
