import { aucOfRanked } from './auc.ts';
import { aucInterval } from './auc-interval.ts';
import { bootstrap, drawsFor, percentileInterval } from './bootstrap.ts';
import { estimateOf, type Predictions, type StatisticEstimate } from './estimate.ts';
import { macroMean, oneVersusRest } from './multiclass-auc.ts';
import { groupSubjects } from './subjects.ts';

/**
 * The AUC of two classes or more as `estimateAll` gives it, to the last bit, without everything else: of two classes it needs no
 * bootstrap. The same input and seed give the same result; it never throws.
 */
export function estimateAuc({
  truth,
  scores,
  classes,
  subject,
  seed,
}: Predictions & { seed: number }): StatisticEstimate {
  const rows = truth.length;
  const subjects = groupSubjects(subject, rows);
  const suffix = subject === null ? ', assumes one row per subject' : '';
  const basis = { rows, subjects: subject === null ? null : subjects.count, suffix };
  if (!scores.every(Number.isFinite)) {
    return estimateOf(null, null, 'undefined: not every score is a finite number', basis);
  }
  if (classes === 2) {
    const { value, interval, method } = aucInterval(truth, scores, subject);
    return estimateOf(value, interval, method, basis);
  }
  const perClass = oneVersusRest(truth, scores, classes);
  const draws = drawsFor(rows * classes);
  const compute = (weights: Uint16Array, out: Float64Array): void => {
    out[0] = macroMean(perClass, weights, aucOfRanked);
  };
  const interval = percentileInterval(bootstrap(subjects, 1, compute, { draws, seed })[0]!);
  // Draws that are all alike would claim a certainty that is not there.
  const spread = interval !== null && interval.high > interval.low ? interval : null;
  return estimateOf(macroMean(perClass, null, aucOfRanked), spread, `bootstrap over subjects, ${draws} draws`, basis);
}
