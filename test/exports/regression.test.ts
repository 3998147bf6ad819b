import { expect, test } from 'vitest';
import type { RunEvidence } from '../../main/exports/evidence.ts';
import { recipeDeclarations } from '../../main/training/recipes/declarations.ts';
import { exportFamily, exportParams } from '../../shared/model/export-dictionary.ts';
import type { ReleasedMetric } from '../../shared/model/exportable-run.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { seededRandom } from '../store/vault-fixture.ts';
import { evaluationOf, gated } from './gate.ts';
import { cohort, evidenceOf } from './synthetic.ts';

/** A finished run that predicts a number for so many persons; `change` may spoil its truth. */
function numbers(persons: number, change: (truth: Float64Array) => void = () => {}, perPerson = 1): RunEvidence {
  const random = seededRandom(4);
  const rows = persons * perPerson;
  const truth = Float64Array.from({ length: rows }, () => 120 + 30 * (random() - 0.5));
  const scores = truth.map((value) => value + 12 * (random() - 0.5));
  change(truth);
  const subject = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / perPerson));
  const estimates = estimateAll({ truth, scores, classes: 0, subject, threshold: null, seed: 1 });
  const run = evidenceOf(cohort(20, 20));
  run.detail = { ...run.detail, task: 'regression', recipe: 'linear', params: { l2: 1 } };
  run.evaluation = {
    task: 'regression',
    classes: [],
    threshold: null,
    thresholdRule: null,
    parts: [{ part: 'test', rows, subjects: persons, classRows: [], estimates, confusion: [] }],
    folds: null,
  };
  const row = Int32Array.from({ length: rows }, (_, i) => i);
  run.predictions = [{ part: 'test', rows, classes: 0, row, truth, scores, subject, fold: null }];
  return run;
}
const kinds = (run: RunEvidence): Record<string, ReleasedMetric['kind']> =>
  Object.fromEntries(evaluationOf(run).metrics.map(({ key, kind }) => [key, kind]));
const find = (run: RunEvidence, key: string) => evaluationOf(run).metrics.find((metric) => metric.key === key);

test('errors of predicted numbers leave with two significant digits, and no curve or residual with them', () => {
  const run = numbers(400);
  const stored = run.evaluation!.parts[0]!.estimates.rmse!;
  expect(find(run, 'rmse')).toEqual({
    kind: 'value',
    key: 'rmse',
    value: Number(stored.value!.toPrecision(2)),
    low: Number(stored.low!.toFixed(1)),
    high: Number(stored.high!.toFixed(1)),
    decimals: 1,
    method: 'bootstrap over subjects',
  });
  expect(new Set(Object.values(kinds(run)))).toEqual(new Set(['value']));
  expect(evaluationOf(run)).toMatchObject({ total: 400, classes: [], roc: { suppressed: 'S6' } });
  const { report } = gated([run]);
  expect(report.runs[0]).toMatchObject({ family: 'linear', params: [{ key: 'l2', value: 1 }] });
});

test('S1 and S3: fewer than k persons keep everything, also with many rows each', () => {
  for (const run of [numbers(10), numbers(10, () => {}, 20)]) {
    expect(evaluationOf(run).total).toEqual({ suppressed: 'S1' });
    expect(new Set(Object.values(kinds(run)))).toEqual(new Set(['suppressed']));
  }
});

test('S3: one person who makes up nearly all of the squared error keeps RMSE and what hangs on it; the rest may stay', () => {
  const run = numbers(60, (truth) => {
    truth[7] = 900;
  });
  expect(kinds(run)).toMatchObject({ rmse: 'suppressed', r2: 'suppressed', spearman: 'suppressed', mae: 'value' });
  const alone = numbers(60, (truth) => {
    truth[7] = 90_000;
  });
  expect(new Set(Object.values(kinds(alone)))).toEqual(new Set(['suppressed']));
});

test('S10: a stored error that the predictions do not give again stays', () => {
  const run = numbers(200);
  run.evaluation!.parts[0]!.estimates.rmse!.value! += 0.5;
  expect(find(run, 'rmse')).toEqual({ kind: 'suppressed', key: 'rmse', suppressed: 'S10' });
  expect(find(run, 'mae')?.kind).toBe('value');
});

test('X5: numbers that are not finite keep the whole evaluation', () => {
  const run = numbers(200, (truth) => {
    truth[3] = Number.POSITIVE_INFINITY;
  });
  expect(evaluationOf(run).total).toEqual({ suppressed: 'X5' });
});

test('every recipe is a family of the report, and each of its params is in the dictionary', () => {
  for (const { id, params } of recipeDeclarations) {
    const family = exportFamily.parse(id);
    expect(params.map(({ name }) => name).filter((name) => !Object.hasOwn(exportParams[family], name))).toEqual([]);
  }
});
