import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aucOfRanked } from '../../shared/statistics/auc.ts';
import { averagePrecisionOfRanked } from '../../shared/statistics/average-precision.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { estimateAuc } from '../../shared/statistics/estimate-auc.ts';
import { macroMean, oneVersusRest } from '../../shared/statistics/multiclass-auc.ts';
import { macroRankAreas } from '../../shared/statistics/rank-areas.ts';

/** Rows of up to four classes (a class may have none), scores on a grid so that many are tied, and a draw of the rows. */
const sample = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc
    .array(
      fc.record({
        truth: fc.integer({ min: 0, max: classes - 1 }),
        scores: fc.array(
          fc.oneof(
            fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
            fc.double({ min: 0, max: 1, noNaN: true }),
          ),
          {
            minLength: classes,
            maxLength: classes,
          },
        ),
        weight: fc.integer({ min: 0, max: 5 }),
        subject: fc.integer({ min: 0, max: 6 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) => ({ classes, rows })),
);

test('both rank statistics in one walk are what each of them is alone, to the last bit', () => {
  fc.assert(
    fc.property(sample, ({ classes, rows }) => {
      const perClass = oneVersusRest(
        rows.map(({ truth }) => truth),
        rows.flatMap(({ scores }) => scores),
        classes,
      );
      const weights = Uint16Array.from(rows, ({ weight }) => weight);
      const out = new Float64Array(2);
      macroRankAreas(perClass, weights, out);
      // toBe is Object.is: NaN is NaN, and nothing is rounded.
      expect(out[0]).toBe(macroMean(perClass, weights, aucOfRanked));
      expect(out[1]).toBe(macroMean(perClass, weights, averagePrecisionOfRanked));
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('the rank statistics of a larger sample after a smaller one, and of a smaller after a larger, are their own', () => {
  const weightsOf = (rows: number) => Uint16Array.from({ length: rows }, (_, i) => (i * 5) % 4);
  const classOf = (rows: number) => Array.from({ length: rows }, (_, i) => Math.floor(((i * 7919) % 101) / 34));
  const scoresOf = (rows: number) => Array.from({ length: rows * 3 }, (_, i) => ((i * i + 31 * i) % 97) / 97);
  const areaOf = (rows: number) =>
    macroMean(oneVersusRest(classOf(rows), scoresOf(rows), 3), weightsOf(rows), aucOfRanked);
  const [small, large] = [areaOf(40), areaOf(400)];
  expect([areaOf(40), areaOf(400), areaOf(40)]).toEqual([small, large, small]);
  expect(small).not.toBe(large);
});

test('the AUC alone is the AUC among all estimates, to the last bit', () => {
  fc.assert(
    fc.property(sample, fc.boolean(), ({ classes, rows }, persons) => {
      const predictions = {
        classes,
        truth: rows.map(({ truth }) => truth),
        scores: Float64Array.from(
          classes === 2 ? rows.map(({ scores }) => scores[1]!) : rows.flatMap(({ scores }) => scores),
        ),
        subject: persons ? rows.map(({ subject }) => subject) : null,
        seed: 3,
      };
      expect(estimateAuc(predictions)).toEqual(estimateAll({ ...predictions, threshold: null }).auc);
    }),
    { seed: 12, numRuns: 30 },
  );
});
