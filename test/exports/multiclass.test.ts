import { expect, test } from 'vitest';
import type { RunEvidence } from '../../main/exports/evidence.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { confusionMatrix, predictedClasses } from '../../shared/statistics/multiclass-confusion.ts';
import { seededRandom } from '../store/vault-fixture.ts';
import { evaluationOf, gated } from './gate.ts';
import { cohort, evidenceOf } from './synthetic.ts';

/** A finished run on three classes of these sizes; `right` is the weight of the true class. */
function threeClasses(sizes: number[], right: number): RunEvidence {
  const random = seededRandom(9);
  const truth = Float64Array.from(sizes.flatMap((size, c) => Array.from({ length: size }, () => c)));
  const rows = truth.length;
  const scores = new Float64Array(rows * 3);
  for (let i = 0; i < rows; i++) {
    const weights = [0, 1, 2].map((c) => random() + (truth[i] === c ? right : 0));
    const sum = weights.reduce((a, b) => a + b, 0);
    for (let c = 0; c < 3; c++) scores[i * 3 + c] = weights[c]! / sum;
  }
  const subject = Int32Array.from({ length: rows }, (_, i) => i);
  const estimates = estimateAll({ truth, scores, classes: 3, subject, threshold: null, seed: 1 });
  const confusion = confusionMatrix(truth, predictedClasses(scores, rows, 3), 3);
  const run = evidenceOf(cohort(20, 20));
  run.detail = { ...run.detail, task: 'multiclass' };
  run.evaluation = {
    task: 'multiclass',
    classes: ['sepsis', 'rare Whipple disease', 'other'],
    threshold: null,
    thresholdRule: null,
    parts: [{ part: 'test', rows, subjects: rows, classRows: sizes, estimates, confusion }],
    folds: null,
  };
  run.predictions = [{ part: 'test', rows, classes: 3, row: subject, truth, scores, subject, fold: null }];
  return run;
}

test('S5: three classes leave with their whole matrix when every cell holds k, and no curve', () => {
  const released = evaluationOf(threeClasses([300, 300, 300], 0.2));
  expect(released.classes).toEqual([300, 300, 300]);
  const matrix = released.confusion as { cells: number[][]; rowTotals: number[]; total: number };
  expect(matrix).toMatchObject({ rowTotals: [300, 300, 300], total: 900 });
  expect(matrix.cells.flat().every((count) => count >= 11 && count % 5 === 0)).toBe(true);
  expect(released.metrics.every((metric) => metric.kind === 'value' && metric.decimals === 2)).toBe(true);
  expect(released.roc).toEqual({ suppressed: 'S6' });
});

test('S5: one small cell keeps the matrix and what needs all of it; accuracy stays', () => {
  const released = evaluationOf(threeClasses([100, 100, 100], 0.75));
  expect(released.confusion).toEqual({ suppressed: 'S5' });
  const kind = (key: string) => released.metrics.find((metric) => metric.key === key)?.kind;
  expect([kind('mcc'), kind('f1')]).toEqual(['suppressed', 'suppressed']);
  expect([kind('auc'), kind('accuracy')]).toEqual(['value', 'value']);
});

test('S1 and S3: one class under k keeps every class count and metric', () => {
  const released = evaluationOf(threeClasses([200, 8, 200], 0.5));
  expect(released.classes).toEqual([{ suppressed: 'S1' }, { suppressed: 'S1' }, { suppressed: 'S1' }]);
  expect(released.metrics.every((metric) => metric.kind === 'suppressed')).toBe(true);
});

test('F1, row 10: class labels stay, whatever their counts', () => {
  expect(JSON.stringify(gated([threeClasses([300, 300, 300], 0.2)]).report)).not.toMatch(/sepsis|Whipple/);
});
