import { describe, expect, it } from 'vitest';
import { aucInterval } from '../../shared/statistics/auc-interval.ts';
import { bootstrap, percentileInterval } from '../../shared/statistics/bootstrap.ts';
import { calibrationIntercept } from '../../shared/statistics/calibration-intercept.ts';
import { calibrationSlope } from '../../shared/statistics/calibration-slope.ts';
import { delongVariance } from '../../shared/statistics/delong.ts';
import { meanOf } from '../../shared/statistics/mean.ts';
import { normalTwoSidedP, normalUpperTail, z95 } from '../../shared/statistics/normal.ts';
import { pairedAucDifference } from '../../shared/statistics/paired-auc.ts';
import { placements } from '../../shared/statistics/placements.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import { wilsonInterval } from '../../shared/statistics/wilson.ts';
import { calibratedSample, clusteredSample } from './samples.ts';

/** Share of `replicates` seeds for which `holds` is true. */
function share(replicates: number, holds: (seed: number) => boolean): number {
  let count = 0;
  for (let seed = 1; seed <= replicates; seed++) if (holds(seed)) count++;
  return count / replicates;
}

const shift = 1.1;
const trueAuc = 1 - normalUpperTail(shift / Math.SQRT2);
const unequal = { positives: 25, negatives: 90, shift, correlation: 0.6 };

describe('a 95 % interval of the AUC, 25 persons with and 90 without the outcome', () => {
  for (const rowsPerPerson of [1, 3, 5]) {
    it(`covers the true AUC 92 to 98 times in 100 with ${rowsPerPerson} rows per person`, () => {
      const covered = share(500, (seed) => {
        const { truth, scores, subject } = clusteredSample(seed, { ...unequal, rowsPerPerson });
        const { low, high } = aucInterval(truth, scores, subject).interval!;
        return low <= trueAuc && trueAuc <= high;
      });
      expect(covered).toBeGreaterThan(0.92);
      expect(covered).toBeLessThan(0.98);
    });
  }

  it('covers far less with 5 rows per person when they are taken as independent (the reason for the clustered form)', () => {
    const covered = share(300, (seed) => {
      const { truth, scores } = clusteredSample(seed, { ...unequal, rowsPerPerson: 5 });
      const placed = placements(truth, scores)!;
      return Math.abs(placed.auc - trueAuc) <= z95 * Math.sqrt(delongVariance(placed)!);
    });
    expect(covered).toBeLessThan(0.8);
  });
});

describe('a bootstrap interval over persons', () => {
  for (const rowsPerPerson of [1, 3, 5]) {
    it(`covers a mean 91 to 98 times in 100 with ${rowsPerPerson} rows per person`, () => {
      const covered = share(250, (seed) => {
        const { scores, subject } = clusteredSample(seed, {
          positives: 0,
          negatives: 70,
          rowsPerPerson,
          shift,
          correlation: 0.6,
        });
        const subjects = groupSubjects(subject, scores.length);
        const [draws] = bootstrap(
          subjects,
          1,
          (weights, out) => {
            out[0] = meanOf(scores, weights);
          },
          { draws: 400, seed: seed + 10_000 },
        );
        const { low, high } = percentileInterval(draws!)!;
        return low <= 0 && 0 <= high;
      });
      expect(covered).toBeGreaterThan(0.91);
      expect(covered).toBeLessThan(0.98);
    });
  }
});

it('Wilson’s interval covers a proportion of 0.1 in 40 rows 93 to 98 times in 100', () => {
  const random = createRandom(77);
  const covered = share(2000, () => {
    let count = 0;
    for (let i = 0; i < 40; i++) if (random.uniform() < 0.1) count++;
    const { low, high } = wilsonInterval(count, 40)!;
    return low <= 0.1 && 0.1 <= high;
  });
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.98);
});

describe('with no true difference and unequal classes a 5 % test rejects 3 to 7 times in 100', () => {
  for (const rowsPerPerson of [1, 3, 5]) {
    it(`paired difference in AUC, ${rowsPerPerson} rows per person, 30 persons against 120`, () => {
      const rejected = share(800, (seed) => {
        const sample = clusteredSample(seed + 50_000, {
          positives: 30,
          negatives: 120,
          rowsPerPerson,
          shift,
          correlation: 0.5,
        });
        const paired = pairedAucDifference(sample.truth, sample.scores, sample.other, sample.subject)!;
        return normalTwoSidedP(paired.difference / paired.standardError) < 0.05;
      });
      expect(rejected).toBeGreaterThan(0.03);
      expect(rejected).toBeLessThan(0.07);
    });
  }

  it('an AUC of scores that know nothing, 20 rows against 200', () => {
    const rejected = share(1000, (seed) => {
      const { truth, scores } = clusteredSample(seed + 90_000, {
        positives: 20,
        negatives: 200,
        rowsPerPerson: 1,
        shift: 0,
        correlation: 0,
      });
      const { low, high } = aucInterval(truth, scores, null).interval!;
      return low > 0.5 || high < 0.5;
    });
    expect(rejected).toBeGreaterThan(0.03);
    expect(rejected).toBeLessThan(0.08);
  });
});

it('probabilities that are true have intercept 0 and slope 1 on average', () => {
  const replicates = 120;
  const intercepts: number[] = [];
  const slopes: number[] = [];
  for (let seed = 1; seed <= replicates; seed++) {
    const { truth, scores } = calibratedSample(seed + 3000, 250, 1);
    intercepts.push(calibrationIntercept(truth, scores)!);
    slopes.push(calibrationSlope(truth, scores)!);
  }
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const standardError = (values: number[]) =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1) / values.length);
  expect(Math.abs(mean(intercepts))).toBeLessThan(3 * standardError(intercepts));
  // The slope of a finite sample is biased upwards by about 1 %.
  expect(Math.abs(mean(slopes) - 1.01)).toBeLessThan(3 * standardError(slopes));
});
