import { bootstrap, drawsFor } from './bootstrap.ts';
import { rankByScore } from './ranked.ts';
import { clusteredRateInterval } from './rate-interval.ts';
import { groupSubjects } from './subjects.ts';
import { wilsonInterval } from './wilson.ts';

/** One bin of a calibration plot: rows with scores in [from, to], their mean score and the observed share of positives. */
export type CalibrationBin = {
  from: number;
  to: number;
  rows: number;
  positives: number;
  meanScore: number;
  observed: number;
  /** 95 % interval of `observed`. */
  low: number | null;
  high: number | null;
};

/**
 * Calibration bins of equal row counts by rising score; rows of one score stay together, so fewer bins come out where scores
 * are tied. Intervals are Wilson's with one row per person, a bootstrap over persons otherwise (`subject` numbers the
 * persons; null: every row is one).
 */
export function calibrationBins(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  subject: ArrayLike<number> | null,
  options: { bins: number; seed: number } = { bins: 10, seed: 0 },
): CalibrationBin[] {
  const rows = scores.length;
  const binOf = assignBins(truth, scores, options.bins);
  const used = rows === 0 ? 0 : Math.max(...binOf) + 1;
  const subjects = groupSubjects(subject, rows);
  const bins: CalibrationBin[] = Array.from({ length: used }, () => ({
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    rows: 0,
    positives: 0,
    meanScore: 0,
    observed: 0,
    low: null,
    high: null,
  }));
  const persons = bins.map(() => new Set<number>());
  for (let i = 0; i < rows; i++) {
    const bin = bins[binOf[i]!]!;
    bin.from = Math.min(bin.from, scores[i]!);
    bin.to = Math.max(bin.to, scores[i]!);
    bin.rows++;
    bin.meanScore += scores[i]!;
    if (truth[i] === 1) bin.positives++;
    persons[binOf[i]!]!.add(subjects.index[i]!);
  }
  const clustered = subjects.count < rows;
  const draws = clustered
    ? bootstrap(subjects, used, sharesByBin(truth, binOf, used), { draws: drawsFor(rows), seed: options.seed })
    : [];
  bins.forEach((bin, k) => {
    bin.meanScore /= bin.rows;
    bin.observed = bin.positives / bin.rows;
    const interval = clustered
      ? clusteredRateInterval(bin.observed, draws[k]!, persons[k]!.size)
      : wilsonInterval(bin.positives, bin.rows);
    bin.low = interval?.low ?? null;
    bin.high = interval?.high ?? null;
  });
  return bins;
}

/** Bin of each row, from 0 without gaps. */
function assignBins(truth: ArrayLike<number>, scores: ArrayLike<number>, bins: number): Int32Array {
  const { order, scores: falling } = rankByScore(truth, scores);
  const rows = falling.length;
  const binOf = new Int32Array(rows);
  let bin = -1;
  let quota = -1;
  for (let k = 0; k < rows; k++) {
    // Walked from the lowest score up.
    const at = rows - 1 - k;
    const startsTie = k === 0 || falling[at] !== falling[at + 1];
    const share = Math.floor((k * bins) / rows);
    if (startsTie && share > quota) {
      quota = share;
      bin++;
    }
    binOf[order[at]!] = bin;
  }
  return binOf;
}

/** Per resample the share of positives in each bin; NaN in a bin without rows. */
function sharesByBin(truth: ArrayLike<number>, binOf: Int32Array, bins: number) {
  const totals = new Float64Array(bins);
  return (weights: Uint16Array, out: Float64Array) => {
    totals.fill(0);
    out.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const bin = binOf[i]!;
      totals[bin]! += weights[i]!;
      if (truth[i] === 1) out[bin]! += weights[i]!;
    }
    for (let bin = 0; bin < bins; bin++) out[bin]! /= totals[bin]!;
  };
}
