import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeScores } from '../../main/exports/gate/partition.ts';
import type { ReleasedHistogram, ReleasedMatrix, ReleasedRoc } from '../../shared/model/exportable-run.ts';
import { evaluationOf } from './gate.ts';
import { cohort, evidenceOf } from './synthetic.ts';

const rocOf = (positives: number, negatives: number, lift = 1): ReleasedRoc =>
  evaluationOf(evidenceOf(cohort(positives, negatives, lift))).roc as ReleasedRoc;

test('S6: merged bins hold k persons of either class, keep every row, and part no equal scores', () => {
  const row = fc.record({
    truth: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: 0, max: 40 }),
    person: fc.integer({ min: 0, max: 150 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 30, maxLength: 300 }), fc.boolean(), (rows, split) => {
      const columns = {
        rows: rows.length,
        truth: Float64Array.from(rows, (r) => r.truth),
        scores: Float64Array.from(rows, (r) => r.score / 40),
      };
      const personOf = rows.map((r) => r.person);
      const merged = mergeScores(columns, personOf, split ? 0.5 : null, 11);
      if (merged === null) return;
      const counts = merged.bins.map((bin) => bin.positives + bin.negatives);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(rows.length);
      // Walk the rows from the highest score down, cut them by the counts and look into each bin.
      const order = [...rows].sort((a, b) => b.score - a.score);
      let from = 0;
      for (const [i, count] of counts.entries()) {
        const bin = order.slice(from, from + count);
        for (const label of [0, 1]) {
          expect(new Set(bin.filter((r) => r.truth === label).map((r) => r.person)).size).toBeGreaterThanOrEqual(11);
        }
        if (i > 0) expect(order[from]!.score).toBeLessThan(order[from - 1]!.score);
        from += count;
      }
      if (split) {
        const above = merged.bins
          .slice(0, merged.thresholdEdge!)
          .reduce((sum, bin) => sum + bin.positives + bin.negatives, 0);
        expect(above).toBe(rows.filter((r) => r.score / 40 >= 0.5).length);
      }
    }),
    { numRuns: 200 },
  );
});

test('S3, row 5: seven positives give no curve and no AUC', () => {
  const released = evaluationOf(evidenceOf(cohort(7, 93)));
  expect(released.roc).toEqual({ suppressed: 'S3' });
  expect(released.metrics.find((metric) => metric.key === 'auc')).toEqual({
    kind: 'suppressed',
    key: 'auc',
    suppressed: 'S3',
  });
  expect(released.classes).toEqual([{ suppressed: 'S1' }, { suppressed: 'S1' }]);
});

test('S6, row 6: 40 positives and 460 negatives give at most 4 bins, or no curve', () => {
  const roc = rocOf(40, 460, 0.5);
  if ('bins' in roc) expect(roc.bins).toBeLessThanOrEqual(4);
  else expect(roc).toEqual({ suppressed: 'S6' });
});

test('S6: every point of a curve is a share of rounded counts, and the decision point is the one of the matrix', () => {
  const released = evaluationOf(evidenceOf(cohort(215, 285)));
  const roc = released.roc as ReleasedRoc;
  expect(roc.bins).toBeGreaterThanOrEqual(8);
  expect(roc.points.at(0)).toEqual({ falsePositiveRate: 0, truePositiveRate: 0 });
  expect(roc.points.at(-1)).toEqual({ falsePositiveRate: 1, truePositiveRate: 1 });
  const [positives, negatives] = released.classes as [number, number];
  for (const { falsePositiveRate, truePositiveRate } of roc.points) {
    expect(Math.abs(truePositiveRate * positives - 5 * Math.round((truePositiveRate * positives) / 5))).toBeLessThan(
      0.2,
    );
    expect(Math.abs(falsePositiveRate * negatives - 5 * Math.round((falsePositiveRate * negatives) / 5))).toBeLessThan(
      0.2,
    );
  }
  const matrix = released.confusion as ReleasedMatrix;
  expect(roc.points[roc.operatingPoint!]!.truePositiveRate).toBeCloseTo(matrix.cells[0]![0]! / positives, 3);
  expect(roc.points[roc.operatingPoint!]!.falsePositiveRate).toBeCloseTo(matrix.cells[1]![0]! / negatives, 3);
});

test('S8, row 7: a histogram has edges of a fixed grid, and no bin shows fewer than k of a class', () => {
  const { bins } = evaluationOf(evidenceOf(cohort(215, 285, 2))).histogram as ReleasedHistogram;
  for (const { from, to, positives, negatives } of bins) {
    expect([from * 20, to * 20].every((edge) => Math.abs(edge - Math.round(edge)) < 1e-9)).toBe(true);
    expect(Math.min(positives, negatives)).toBeGreaterThanOrEqual(11);
  }
  expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBe(215);
});

test('S11: the AUC of each fold leaves only when every fold holds k persons of either class', () => {
  expect(evaluationOf(evidenceOf(cohort(215, 285))).foldAuc).toHaveLength(5);
  expect(evaluationOf(evidenceOf(cohort(50, 285))).foldAuc).toEqual({ suppressed: 'S11' });
});
