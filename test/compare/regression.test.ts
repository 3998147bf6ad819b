import { expect, it } from 'vitest';
import { statisticOf } from '../../main/compare/testable-metrics.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { rSquared } from '../../shared/statistics/r-squared.ts';

const numbers = (truth: number[], scores: number[]): PredictionColumns => ({
  part: 'oof',
  rows: truth.length,
  classes: 0,
  row: Int32Array.from(truth.keys()),
  truth: Float64Array.from(truth),
  scores: Float64Array.from(scores),
  subject: null,
  fold: null,
});

it('runs that predict numbers are tested in R²: a resample counts a row as often as it was drawn', () => {
  const truth = [3, 5, 2, 8, 6];
  const scores = [2.5, 5.5, 3, 7, 6];
  const statistic = statisticOf('r2', numbers(truth, scores), null);
  expect(statistic(null)).toBeCloseTo(rSquared(truth, scores)!, 12);
  const drawn = [0, 0, 1, 3, 3, 3];
  const again = rSquared(
    drawn.map((at) => truth[at]!),
    drawn.map((at) => scores[at]!),
  )!;
  expect(statistic(Uint16Array.from([2, 1, 0, 3, 0]))).toBeCloseTo(again, 12);
  expect(statistic(Uint16Array.from([5, 0, 0, 0, 0]))).toBeNaN();
});
