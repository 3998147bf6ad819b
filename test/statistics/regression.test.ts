import { describe, expect, it } from 'vitest';
import { bootstrap, percentileInterval } from '../../shared/statistics/bootstrap.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { regressionKeys, regressionStatistics } from '../../shared/statistics/estimate-regression.ts';
import { calibrationLine, linearCalibration } from '../../shared/statistics/linear-calibration.ts';
import { mae } from '../../shared/statistics/mae.ts';
import { meanOf } from '../../shared/statistics/mean.ts';
import { rSquared, weightedRSquared } from '../../shared/statistics/r-squared.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { rmse, squaredResiduals } from '../../shared/statistics/rmse.ts';
import { spearman, weightedSpearman } from '../../shared/statistics/spearman.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import { fixture } from './fixture.ts';

type Values = Record<'rmse' | 'mae' | 'r2' | 'spearman' | 'calibrationIntercept' | 'calibrationSlope', number>;
type RegressionFixture = {
  sample: { truth: number[]; scores: number[]; weights: number[] };
  once: Values;
  weighted: Values;
};
const { sample, once, weighted } = fixture<RegressionFixture>('regression');
const truth = Float64Array.from(sample.truth);
const scores = Float64Array.from(sample.scores);
const weights = Uint16Array.from(sample.weights);

describe('predicted numbers, against scikit-learn and SciPy (with ties)', () => {
  it('each row once', () => {
    expect(rmse(truth, scores)).toBeCloseTo(once.rmse, 12);
    expect(mae(truth, scores)).toBeCloseTo(once.mae, 12);
    expect(rSquared(truth, scores)).toBeCloseTo(once.r2, 12);
    expect(spearman(truth, scores)).toBeCloseTo(once.spearman, 12);
    const line = linearCalibration(truth, scores)!;
    expect(line.intercept).toBeCloseTo(once.calibrationIntercept, 10);
    expect(line.slope).toBeCloseTo(once.calibrationSlope, 11);
  });

  it('each row as often as its weight says, as a resample draws it', () => {
    const squares = squaredResiduals(truth, scores);
    expect(Math.sqrt(meanOf(squares, weights))).toBeCloseTo(weighted.rmse, 12);
    expect(weightedRSquared(truth, squares, weights)).toBeCloseTo(weighted.r2, 12);
    expect(weightedSpearman(truth, scores)(weights)).toBeCloseTo(weighted.spearman, 12);
    const line = calibrationLine(truth, scores, weights);
    expect(line.intercept).toBeCloseTo(weighted.calibrationIntercept, 10);
    expect(line.slope).toBeCloseTo(weighted.calibrationSlope, 11);
  });

  it('estimateAll gives every one of them with an interval around it, and says how', () => {
    const subject = Int32Array.from(truth, (_, i) => i >> 1);
    const estimates = estimateAll({ truth, scores, classes: 0, subject, threshold: null, seed: 1 });
    expect(Object.keys(estimates)).toEqual([...regressionKeys]);
    for (const { value, low, high, method, rows, subjects } of Object.values(estimates)) {
      expect(low!).toBeLessThan(value!);
      expect(high!).toBeGreaterThan(value!);
      expect(method).toBe('bootstrap over subjects, 2000 draws');
      expect([rows, subjects]).toEqual([180, 90]);
    }
    expect(estimates.r2!.value).toBeCloseTo(once.r2, 12);
    expect(estimates['calibration-slope']!.value).toBeCloseTo(once.calibrationSlope, 11);
  });
});

describe('what is not defined is null, never NaN', () => {
  const all = (t: number[], s: number[]) =>
    estimateAll({ truth: t, scores: Float64Array.from(s), classes: 0, subject: null, threshold: null, seed: 1 });

  it('a truth that does not vary has no R² and no rank correlation; 0.1 and its rounding is no variation', () => {
    const found = all([0.1, 0.1, 0.1], [0.1, 0.2, 0.3]);
    expect(found.r2!.value).toBeNull();
    expect(found.spearman!.value).toBeNull();
    expect(found.rmse!.value).toBeCloseTo(Math.sqrt(0.05 / 3), 12);
  });

  it('predictions that do not vary have no calibration line', () => {
    const found = all([1, 2, 3], [2, 2, 2]);
    expect(found['calibration-slope']!.value).toBeNull();
    expect(found['calibration-intercept']!.value).toBeNull();
    expect(found.r2!.value).toBe(0);
  });

  it('no rows, one row, a score that is no number', () => {
    for (const found of [all([], []), all([1, 2], [1, Number.NaN])]) {
      for (const { value, low, high } of Object.values(found)) expect([value, low, high]).toEqual([null, null, null]);
    }
    const one = all([1], [1.5]);
    expect(one.mae!.value).toBe(0.5);
    expect([one.mae!.low, one.r2!.value]).toEqual([null, null]);
  });
});

/** Persons with an effect of their own on truth and prediction alike; the prediction knows nothing of the truth. */
function unrelated(seed: number, persons: number, rowsPerPerson: number) {
  const random = createRandom(seed);
  const rows = persons * rowsPerPerson;
  const sample = { truth: new Float64Array(rows), scores: new Float64Array(rows), subject: new Int32Array(rows) };
  for (let person = 0, row = 0; person < persons; person++) {
    const effects = [random.normal(), random.normal()];
    for (let k = 0; k < rowsPerPerson; k++, row++) {
      sample.subject[row] = person;
      sample.truth[row] = Math.SQRT1_2 * (effects[0]! + random.normal());
      sample.scores[row] = Math.SQRT1_2 * (effects[1]! + random.normal());
    }
  }
  return sample;
}

/** As estimateAll makes them, from 300 draws. */
function intervals(sample: { truth: Float64Array; scores: Float64Array }, subject: Int32Array | null, seed: number) {
  const subjects = groupSubjects(subject, sample.truth.length);
  const statistics = regressionStatistics(sample.truth, sample.scores);
  return bootstrap(subjects, regressionKeys.length, statistics, { draws: 300, seed }).map(
    (draws) => percentileInterval(draws)!,
  );
}

describe('95 % intervals of predictions that know nothing: variance 1 each, rows of a person correlate by 0.5', () => {
  // By how the sample is drawn: E(ŷ − y)² = 2, E|ŷ − y| = 2/√π, R² = 1 − 2/1, no correlation, a flat line through 0.
  const trueValues = {
    rmse: Math.SQRT2,
    mae: 2 / Math.sqrt(Math.PI),
    r2: -1,
    spearman: 0,
    'calibration-intercept': 0,
    'calibration-slope': 0,
  };
  for (const rowsPerPerson of [1, 3, 5]) {
    it(`cover the true value 90 to 98 times in 100 with ${rowsPerPerson} rows per person, 100 persons`, () => {
      const replicates = 200;
      const covered = Object.fromEntries(regressionKeys.map((key) => [key, 0]));
      for (let seed = 1; seed <= replicates; seed++) {
        const { subject, ...drawn } = unrelated(seed + 7_000, 100, rowsPerPerson);
        intervals(drawn, subject, seed).forEach(({ low, high }, k) => {
          const key = regressionKeys[k]!;
          if (low <= trueValues[key] && trueValues[key] <= high) covered[key]!++;
        });
      }
      for (const key of regressionKeys) {
        expect(covered[key]! / replicates, key).toBeGreaterThan(0.9);
        expect(covered[key]! / replicates, key).toBeLessThan(0.985);
      }
    });
  }

  it('with rows taken as independent they cover far less (the reason for drawing persons)', () => {
    let covered = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const { truth: t, scores: s } = unrelated(seed + 9_000, 100, 5);
      const { low, high } = intervals({ truth: t, scores: s }, null, seed)[regressionKeys.indexOf('spearman')]!;
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / 150).toBeLessThan(0.88);
  });
});
