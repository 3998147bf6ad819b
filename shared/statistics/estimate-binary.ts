import { aucInterval } from './auc-interval.ts';
import { averagePrecisionOfRanked } from './average-precision.ts';
import { bootstrap, drawsFor, percentileInterval } from './bootstrap.ts';
import { squaredErrors } from './brier.ts';
import { interceptOfLogits } from './calibration-intercept.ts';
import { slopeOfLogits } from './calibration-slope.ts';
import { confusionAt, confusionTable } from './confusion.ts';
import { type Basis, estimateOf, type Predictions, type StatisticEstimate, type StatisticKey } from './estimate.ts';
import { f1 } from './f1.ts';
import { logLosses } from './log-loss.ts';
import { logits } from './logit.ts';
import { mcc } from './mcc.ts';
import { meanOf } from './mean.ts';
import { rankByScore } from './ranked.ts';
import { clusteredRateInterval } from './rate-interval.ts';
import { balancedAccuracy, type RateKey, rateKeys, ratesOf } from './rates.ts';
import type { Subjects } from './subjects.ts';
import { wilsonInterval } from './wilson.ts';

/** Keys of a two-class sample; those of a decision only where there is a threshold. */
export function binaryKeys(threshold: number | null): StatisticKey[] {
  return threshold === null ? ['auc', ...scoreKeys] : ['auc', ...scoreKeys, ...decisionKeys];
}

const scoreKeys = ['average-precision', 'brier', 'log-loss', 'calibration-intercept', 'calibration-slope'] as const;
const decisionKeys = ['balanced-accuracy', 'f1', 'mcc', ...rateKeys] as const;

/** The estimates of a two-class sample; the rules are in estimate-all.ts. */
export function estimateBinary(
  input: Predictions,
  subjects: Subjects,
  options: { threshold: number | null; seed: number },
  basis: Basis,
): Partial<Record<StatisticKey, StatisticEstimate>> {
  const { truth, scores } = input;
  const { threshold } = options;
  const clustered = subjects.count < basis.rows;
  const area = aucInterval(truth, scores, input.subject);
  const result: Partial<Record<StatisticKey, StatisticEstimate>> = {
    auc: estimateOf(area.value, area.interval, area.method, basis),
  };

  const keys = binaryKeys(threshold).slice(1);
  // Everything is computed on rows sorted once by score, so that a resample is a walk with weights.
  const ranked = rankByScore(truth, scores);
  const sorted = { index: Int32Array.from(ranked.order, (row) => subjects.index[row]!), count: subjects.count };
  const statistics = binaryStatistics(ranked, threshold);
  const values = new Float64Array(keys.length);
  statistics(null, values);
  const draws = drawsFor(basis.rows);
  const resampled = bootstrap(sorted, keys.length, statistics, { draws, seed: options.seed });
  const method = `bootstrap over subjects, ${draws} draws`;
  keys.forEach((key, k) => {
    result[key] = estimateOf(values[k]!, spreadOf(resampled[k]!), method, basis);
  });

  if (threshold === null) return result;
  const rates = ratesOf(confusionAt(truth, scores, threshold));
  for (const key of rateKeys) {
    const { count, of } = rates[key];
    if (clustered) {
      const draw = resampled[keys.indexOf(key)]!;
      const persons = personsBehind(key, truth, scores, threshold, subjects);
      result[key] = estimateOf(count / of, clusteredRateInterval(count / of, draw, persons), method, basis);
    } else {
      result[key] = estimateOf(count / of, wilsonInterval(count, of), 'Wilson', basis);
    }
  }
  return result;
}

/** Percentile interval; null where every draw is alike, which would claim a certainty that is not there. */
function spreadOf(draws: Float64Array): { low: number; high: number } | null {
  const interval = percentileInterval(draws);
  return interval !== null && interval.high > interval.low ? interval : null;
}

/** Writes the statistics in the order of `scoreKeys`, then `decisionKeys` when there is a threshold. */
function binaryStatistics(
  ranked: { positive: Uint8Array; scores: Float64Array; order: Uint32Array },
  threshold: number | null,
) {
  const { positive, scores } = ranked;
  const x = logits(scores);
  const errors = squaredErrors(positive, scores);
  const losses = logLosses(positive, scores);
  const interceptOfAll = interceptOfLogits(positive, x, null, 0);
  const fitOfAll = slopeOfLogits(positive, x, null, { intercept: 0, slope: 1 });
  const startIntercept = Number.isNaN(interceptOfAll) ? 0 : interceptOfAll;
  const startFit = Number.isNaN(fitOfAll.slope) ? { intercept: 0, slope: 1 } : fitOfAll;
  return (weights: Uint16Array | null, out: Float64Array): void => {
    out[0] = averagePrecisionOfRanked(ranked, weights);
    out[1] = meanOf(errors, weights);
    out[2] = meanOf(losses, weights);
    out[3] = interceptOfLogits(positive, x, weights, startIntercept);
    out[4] = slopeOfLogits(positive, x, weights, startFit).slope;
    if (threshold === null) return;
    const counts = confusionAt(positive, scores, threshold, weights);
    const rates = ratesOf(counts);
    out[5] = balancedAccuracy(counts);
    out[6] = f1(counts);
    out[7] = mcc(confusionTable(counts));
    rateKeys.forEach((key, k) => {
      out[8 + k] = rates[key].count / rates[key].of;
    });
  };
}

/** Distinct persons with a row in the denominator of a rate. */
function personsBehind(
  key: RateKey,
  truth: ArrayLike<number>,
  scores: Float64Array,
  threshold: number,
  subjects: Subjects,
): number {
  const counted: Record<RateKey, (positive: boolean, called: boolean) => boolean> = {
    accuracy: () => true,
    sensitivity: (positive) => positive,
    specificity: (positive) => !positive,
    ppv: (_, called) => called,
    npv: (_, called) => !called,
  };
  const persons = new Set<number>();
  for (let i = 0; i < scores.length; i++) {
    if (counted[key](truth[i] === 1, scores[i]! >= threshold)) persons.add(subjects.index[i]!);
  }
  return persons.size;
}
