import { bootstrap, drawsFor, percentileInterval } from './bootstrap.ts';
import { type Basis, estimateOf, type Predictions, type StatisticEstimate, type StatisticKey } from './estimate.ts';
import { calibrationLine } from './linear-calibration.ts';
import { absoluteResiduals } from './mae.ts';
import { meanOf } from './mean.ts';
import { weightedRSquared } from './r-squared.ts';
import { squaredResiduals } from './rmse.ts';
import { weightedSpearman } from './spearman.ts';
import type { Subjects } from './subjects.ts';

export const regressionKeys = [
  'rmse',
  'mae',
  'r2',
  'spearman',
  'calibration-intercept',
  'calibration-slope',
] as const satisfies StatisticKey[];
export type RegressionKey = (typeof regressionKeys)[number];

/** The estimates of predicted numbers, each by a bootstrap over persons; the rules are in estimate-all.ts. */
export function estimateRegression(
  input: Predictions,
  subjects: Subjects,
  seed: number,
  basis: Basis,
): Partial<Record<StatisticKey, StatisticEstimate>> {
  const statistics = regressionStatistics(input.truth, input.scores);
  const values = new Float64Array(regressionKeys.length);
  statistics(null, values);
  const draws = drawsFor(basis.rows);
  const resampled = bootstrap(subjects, regressionKeys.length, statistics, { draws, seed });
  const method = `bootstrap over subjects, ${draws} draws`;
  return Object.fromEntries(
    regressionKeys.map((key, k) => {
      const interval = percentileInterval(resampled[k]!);
      // Draws that are all alike would claim a certainty that is not there.
      const spread = interval !== null && interval.high > interval.low ? interval : null;
      return [key, estimateOf(values[k]!, spread, method, basis)];
    }),
  );
}

/** Statistics of resamples: writes them in the order of `regressionKeys`; NaN where undefined. */
export function regressionStatistics(truthOf: ArrayLike<number>, scores: Float64Array) {
  const truth = Float64Array.from(truthOf);
  const squares = squaredResiduals(truth, scores);
  const absolutes = absoluteResiduals(truth, scores);
  const rankCorrelation = weightedSpearman(truth, scores);
  return (weights: Uint16Array | null, out: Float64Array): void => {
    out[0] = Math.sqrt(meanOf(squares, weights));
    out[1] = meanOf(absolutes, weights);
    out[2] = weightedRSquared(truth, squares, weights);
    out[3] = rankCorrelation(weights);
    const line = calibrationLine(truth, scores, weights);
    out[4] = line.intercept;
    out[5] = line.slope;
  };
}
