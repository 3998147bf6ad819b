import { expect, test } from 'vitest';
import type { RunEvidence } from '../../main/exports/evidence.ts';
import { evaluationOf, gated } from './gate.ts';
import { cohort, cohortOf, evidenceOf } from './synthetic.ts';

test('row 60: an ordinary clean run of 5,000 persons exports fully', () => {
  const released = evaluationOf(evidenceOf(cohort(2000, 3000)));
  expect(released.metrics.every((metric) => metric.kind === 'value')).toBe(true);
  expect(released.metrics).toHaveLength(14);
  for (const part of ['confusion', 'roc', 'calibration', 'histogram', 'foldAuc'] as const) {
    expect(released[part]).not.toHaveProperty('suppressed');
  }
  expect(released.total).toBe(5000);
});

test('row 18: a metric leaves with two decimals', () => {
  const auc = evaluationOf(evidenceOf(cohort(215, 285))).metrics.find((metric) => metric.key === 'auc')!;
  expect(auc).toMatchObject({ kind: 'value', decimals: 2, method: 'DeLong' });
  if (auc.kind === 'value') for (const n of [auc.value, auc.low!, auc.high!]) expect(Number(n.toFixed(2))).toBe(n);
});

test('row 19 and S10: a stored number that the predictions do not give again is refused', () => {
  const run = evidenceOf(cohort(215, 285));
  run.evaluation!.parts[0]!.estimates.auc!.value = 19520314;
  const released = evaluationOf(run);
  expect(released.metrics.find((metric) => metric.key === 'auc')).toMatchObject({ suppressed: 'S10' });
  expect(JSON.stringify(released)).not.toContain('19520314');
});

test('row 22: nine held-out persons release nothing, not even that they are nine', () => {
  const released = evaluationOf(evidenceOf(cohort(5, 4)));
  expect(released.total).toEqual({ suppressed: 'S1' });
  expect(released.metrics.every((metric) => metric.kind === 'suppressed')).toBe(true);
});

test('row 34: without a subject column the S-rules refuse, and the local list says why and what to do', () => {
  const run = evidenceOf(cohort(215, 285));
  run.dataset = { ...run.dataset!, subjectMode: 'none', subjects: null, subjectColumn: null };
  run.predictions[0]!.subject = null;
  const { report, notes } = gated([run]);
  expect(report.runs[0]!.evaluation).toMatchObject({
    total: { suppressed: 'S1' },
    metrics: [],
    roc: { suppressed: 'S1' },
  });
  expect(report.datasets[0]).toMatchObject({
    persons: 'unknown',
    subjects: { suppressed: 'S1' },
    rows: { suppressed: 'S1' },
  });
  expect(notes.list().some((line) => line.rule === 'S1' && line.what.includes('--subject-per-row'))).toBe(true);
});

test('rows declared to be persons count as such', () => {
  const run = evidenceOf(cohort(215, 285));
  run.dataset = { ...run.dataset!, subjectMode: 'per-row' };
  run.predictions[0]!.subject = null;
  expect(evaluationOf(run).total).toBe(500);
});

test('row 35: metrics without predictions behind them are refused', () => {
  const run = evidenceOf(cohort(215, 285));
  run.predictions = [];
  const { report, notes } = gated([run]);
  expect(report.runs[0]!.evaluation!.metrics).toEqual([]);
  expect(report.runs[0]!.evaluation!.total).toEqual({ suppressed: 'S10' });
  expect(notes.list().some((line) => line.rule === 'S10')).toBe(true);
});

test('k asks for distinct persons: forty rows of eight persons are eight', () => {
  const many = cohortOf(200, 0, 0, 200).concat(cohortOf(0, 40, 40, 0));
  // Rows of the same person lie together: ten rows each, so that 40 misses are 4 persons.
  const released = evaluationOf(evidenceOf(many, { rowsPerPerson: 10 }));
  expect(released.unit).toBe('rows');
  expect(released.confusion).toEqual({ suppressed: 'S5' });
  expect(released.metrics.find((metric) => metric.key === 'sensitivity')).toMatchObject({ suppressed: 'S3' });
});

const spoilers: Record<string, (run: RunEvidence) => void> = {
  'a count that does not add up': (run) => {
    run.evaluation!.parts[0]!.confusion[0]![0]! += 1;
  },
  'another matrix than that of the predictions': (run) => {
    run.evaluation!.parts[0]!.confusion.reverse();
  },
  'a score that is no probability': (run) => {
    run.predictions[0]!.scores[3] = Number.NaN;
  },
  'a class that does not exist': (run) => {
    run.predictions[0]!.truth[3] = 9;
  },
  'a row too few': (run) => {
    run.predictions[0]!.rows -= 1;
  },
};

test.each(Object.entries(spoilers))('X5, row 50: %s refuses the evaluation instead of passing it', (_what, spoil) => {
  const run = evidenceOf(cohort(215, 285));
  spoil(run);
  const { report, notes } = gated([run]);
  expect(report.runs[0]!.evaluation).toMatchObject({
    total: { suppressed: 'X5' },
    metrics: [],
    roc: { suppressed: 'X5' },
  });
  expect(notes.list().some((line) => line.rule === 'X5')).toBe(true);
});
