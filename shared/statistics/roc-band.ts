import { bootstrap, percentileInterval } from './bootstrap.ts';
import { type Ranked, rankByScore } from './ranked.ts';
import { groupSubjects } from './subjects.ts';

/** Pointwise 95 % band of a ROC curve: sensitivity between `low` and `high` at each false positive rate. */
export type RocBand = { falsePositiveRate: Float64Array; low: Float64Array; high: Float64Array };

/**
 * Band of the ROC curve by a bootstrap over persons (`subject`; null: every row is one): at false positive rates 0, 0.01 … 1
 * the percentiles of the sensitivity, read off each resample's curve by linear interpolation (vertical averaging, Fawcett
 * 2006). null without both classes.
 */
export function rocBand(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  subject: ArrayLike<number> | null,
  options: { draws: number; seed: number } = { draws: 1000, seed: 0 },
): RocBand | null {
  const ranked = rankByScore(truth, scores);
  const positives = ranked.positive.reduce((sum, one) => sum + one, 0);
  if (positives === 0 || positives === ranked.positive.length) return null;
  const steps = 101;
  const subjects = groupSubjects(subject, scores.length);
  const sorted = { index: Int32Array.from(ranked.order, (row) => subjects.index[row]!), count: subjects.count };
  const draws = bootstrap(sorted, steps, (weights, out) => sensitivityAt(ranked, weights, out), options);
  const falsePositiveRate = Float64Array.from({ length: steps }, (_, k) => k / (steps - 1));
  const intervals = draws.map((values) => percentileInterval(values));
  if (intervals.some((interval) => interval === null)) return null;
  return {
    falsePositiveRate,
    low: Float64Array.from(intervals, (interval) => interval!.low),
    high: Float64Array.from(intervals, (interval) => interval!.high),
  };
}

/** Sensitivity of one weighted sample at `out.length` evenly spaced false positive rates; at a jump its upper end. */
function sensitivityAt(ranked: Ranked, weights: Uint16Array, out: Float64Array): void {
  const { positive, scores } = ranked;
  const rows = scores.length;
  let positives = 0;
  let negatives = 0;
  for (let k = 0; k < rows; k++) {
    if (positive[k] === 1) positives += weights[k]!;
    else negatives += weights[k]!;
  }
  if (positives === 0 || negatives === 0) {
    out.fill(Number.NaN);
    return;
  }
  const last = out.length - 1;
  let at = 0;
  let hits = 0;
  let alarms = 0;
  for (let k = 0; k < rows; ) {
    const hitsBefore = hits;
    const alarmsBefore = alarms;
    const score = scores[k]!;
    do {
      if (positive[k] === 1) hits += weights[k]!;
      else alarms += weights[k]!;
      k++;
    } while (k < rows && scores[k] === score);
    for (; at < last && (at / last) * negatives < alarms; at++) {
      const share = ((at / last) * negatives - alarmsBefore) / (alarms - alarmsBefore);
      out[at] = (hitsBefore + share * (hits - hitsBefore)) / positives;
    }
  }
  out.fill(1, at);
}
