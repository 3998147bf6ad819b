import type { Estimate } from '../../../shared/model/estimate.ts';
import type { PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { bootstrap, percentileInterval } from '../../../shared/statistics/bootstrap.ts';
import { type Confusion, confusionAt } from '../../../shared/statistics/confusion.ts';
import { clusteredRateInterval } from '../../../shared/statistics/rate-interval.ts';
import { ratesOf } from '../../../shared/statistics/rates.ts';
import { groupSubjects } from '../../../shared/statistics/subjects.ts';
import { wilsonInterval } from '../../../shared/statistics/wilson.ts';

export type Readout = { key: string; label: string; estimate: Estimate; counts: string };
export type Readouts = { rows: Readout[]; confusion: Confusion; method: string };

const shown = [
  { key: 'sensitivity', label: 'Sensitivity' },
  { key: 'specificity', label: 'Specificity' },
  { key: 'ppv', label: 'PPV' },
  { key: 'npv', label: 'NPV' },
  { key: 'accuracy', label: 'Accuracy' },
] as const;

/** Resamples that a slider can afford: about 5 million drawn rows, between 200 and 2,000 draws. */
export function liveDraws(rows: number): number {
  return Math.round(Math.min(2000, Math.max(200, 5e6 / Math.max(1, rows))));
}

/** Net benefit TP/n − FP/n · t/(1 − t) (Vickers and Elkin 2006); NaN at t = 1 or without rows. */
export function netBenefit(counts: Confusion, threshold: number): number {
  const rows = counts.truePositive + counts.falsePositive + counts.falseNegative + counts.trueNegative;
  return (counts.truePositive - (counts.falsePositive * threshold) / (1 - threshold)) / rows;
}

/**
 * The rates of a two-class decision at a threshold with 95 % intervals: Wilson's with one row per subject, otherwise a
 * bootstrap over subjects, as is that of the net benefit. At the stored threshold the run's own record (`stored`) is shown,
 * so that screen, command line and report agree to the digit.
 */
export function readoutsAt(predictions: PredictionColumns, threshold: number, stored: PartEvaluation | null): Readouts {
  const { truth, scores, rows } = predictions;
  const subjects = groupSubjects(predictions.subject, rows);
  const clustered = subjects.count < rows;
  const confusion = confusionAt(truth, scores, threshold);
  const rates = ratesOf(confusion);
  const draws = bootstrap(
    subjects,
    shown.length + 1,
    (weights, out) => {
      const counts = confusionAt(truth, scores, threshold, weights);
      const own = ratesOf(counts);
      shown.forEach(({ key }, at) => {
        out[at] = own[key].count / own[key].of;
      });
      out[shown.length] = netBenefit(counts, threshold);
    },
    { draws: liveDraws(rows), seed: 1 },
  );
  const basis = { rows, subjects: predictions.subject === null ? null : subjects.count };
  const estimate = (value: number, interval: { low: number; high: number } | null, method: string): Estimate => ({
    value: Number.isFinite(value) ? value : null,
    low: Number.isFinite(value) ? (interval?.low ?? null) : null,
    high: Number.isFinite(value) ? (interval?.high ?? null) : null,
    method,
    ...basis,
  });
  const readouts = shown.map(({ key, label }, at): Readout => {
    const { count, of } = rates[key];
    const interval = clustered
      ? clusteredRateInterval(count / of, draws[at]!, subjects.count)
      : wilsonInterval(count, of);
    return {
      key,
      label,
      estimate:
        stored?.estimates[key] ?? estimate(count / of, interval, clustered ? 'bootstrap over subjects' : 'Wilson'),
      counts: `${count}/${of}`,
    };
  });
  readouts.push({
    key: 'net-benefit',
    label: 'Net benefit',
    estimate: estimate(
      netBenefit(confusion, threshold),
      percentileInterval(draws[shown.length]!),
      'bootstrap over subjects',
    ),
    counts: String(rows),
  });
  const method = clustered ? 'bootstrap over subjects, 95 %' : 'Wilson 95 %';
  return {
    rows: readouts,
    confusion,
    method: predictions.subject === null ? `${method}; assumes one row per subject` : method,
  };
}

/** Keeps a threshold on the slider: within [0, 1], in hundredths when moved by key. */
export function stepped(threshold: number, by: number): number {
  return Math.min(1, Math.max(0, Math.round((threshold + by) * 100) / 100));
}
