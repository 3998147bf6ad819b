import { aucOfRanked } from './auc.ts';
import { bootstrap, drawsFor } from './bootstrap.ts';
import { testEquality } from './equality.ts';
import type { Predictions } from './estimate.ts';
import { aucCovariance, aucOfGroup } from './group-auc.ts';
import { testEqualErrors } from './group-error.ts';
import { macroMean, oneVersusRest } from './multiclass-auc.ts';
import { squaredResiduals } from './rmse.ts';
import { groupSubjects } from './subjects.ts';

/** The metric that was tested; `p` that it has one true value in all groups. `groups` of those given could be tested. */
export type Heterogeneity = { metric: 'auc' | 'rmse'; p: number; groups: number; method: string };

/**
 * Tests that the main metric (AUC of classes, root mean squared error of numbers) is the same in all groups. `rows[g]` are the
 * positions of group g in the predictions. Two classes: a chi-square over logit AUCs with DeLong's variances, clustered
 * where persons have several rows, and covariances where a person is in several groups. More classes: the same chi-square with
 * the covariance of resamples of persons. Numbers: a bootstrap-t over persons of the log error. Groups in which the metric or its
 * variance is undefined are left out, with two classes also those with fewer than five persons in either; null with fewer
 * than two groups left.
 */
export function heterogeneity(predictions: Predictions, rows: Int32Array[], seed: number): Heterogeneity | null {
  if (predictions.classes === 0) return ofErrors(predictions, rows, seed);
  return predictions.classes === 2 ? ofAucs(predictions, rows) : ofMeanAucs(predictions, rows, seed);
}

function ofAucs({ truth, scores, subject }: Predictions, rows: Int32Array[]): Heterogeneity | null {
  const found = rows.flatMap((at) => {
    const person = subject === null ? at : at.map((i) => subject[i]!);
    const group = aucOfGroup(
      at.map((i) => truth[i]!),
      Float64Array.from(at, (i) => scores[i]!),
      person,
    );
    return group === null ? [] : [group];
  });
  // On the logit scale an AUC near 1 is closer to normal, and what was seen of it says less about its variance.
  const slopes = found.map(({ auc }) => 1 / (auc * (1 - auc)));
  const covariance = aucCovariance(found).map((row, i) => row.map((value, j) => value * slopes[i]! * slopes[j]!));
  const test = testEquality(
    found.map(({ auc }) => Math.log(auc / (1 - auc))),
    covariance,
  );
  if (test === null) return null;
  const variances = found.some(({ clustered }) => clustered) ? 'clustered DeLong (Obuchowski)' : 'DeLong';
  const method = `chi-square over ${found.length} groups, ${variances} variances of the logit AUC`;
  return { metric: 'auc', p: test.p, groups: found.length, method };
}

function ofErrors({ truth, scores, subject }: Predictions, rows: Int32Array[], seed: number): Heterogeneity | null {
  const squares = squaredResiduals(truth, scores);
  const kept = rows.filter((at) => at.some((i) => squares[i]! > 0));
  const group = new Int32Array(truth.length).fill(-1);
  kept.forEach((at, g) => {
    for (const i of at) group[i] = g;
  });
  const draws = drawsFor(truth.length);
  const subjects = groupSubjects(subject, truth.length);
  const test = testEqualErrors(squares, group, kept.length, subjects, { draws, seed });
  if (test === null) return null;
  const method = `bootstrap-t over subjects of the log error over ${kept.length} groups, ${draws} draws`;
  return { metric: 'rmse', p: test.p, groups: kept.length, method };
}

function ofMeanAucs(predictions: Predictions, rows: Int32Array[], seed: number): Heterogeneity | null {
  const { truth, classes, subject } = predictions;
  const subjects = groupSubjects(subject, truth.length);
  const statistics = rows.map((at) => logitAuc(predictions, at));
  const values = statistics.map((statistic) => statistic(null));
  const draws = drawsFor(truth.length * classes);
  const compute = (weights: Uint16Array, out: Float64Array): void => {
    statistics.forEach((statistic, g) => {
      out[g] = statistic(weights);
    });
  };
  const resampled = bootstrap(subjects, rows.length, compute, { draws, seed });
  const kept = values.flatMap((value, g) =>
    Number.isFinite(value) && resampled[g]!.filter(Number.isFinite).length >= 0.9 * draws ? [g] : [],
  );
  const covariance = kept.map((g) => kept.map((h) => covarianceOf(resampled[g]!, resampled[h]!)));
  const test = testEquality(
    kept.map((g) => values[g]!),
    covariance,
  );
  if (test === null) return null;
  const method = `chi-square over ${kept.length} groups, covariance of the logit AUC by bootstrap over subjects, ${draws} draws`;
  return { metric: 'auc', p: test.p, groups: kept.length, method };
}

function logitAuc({ truth, scores, classes }: Predictions, at: Int32Array) {
  const own = new Float64Array(at.length * classes);
  at.forEach((i, k) => {
    own.set(scores.subarray(i * classes, (i + 1) * classes), k * classes);
  });
  const classOf = at.map((i) => truth[i]!);
  // Weights are of all rows: the order says where a row of the group stands among them.
  const perClass = oneVersusRest(classOf, own, classes).map((ranked) => ({
    ...ranked,
    order: ranked.order.map((k) => at[k]!),
  }));
  return (weights: Uint16Array | null): number => {
    const auc = macroMean(perClass, weights, aucOfRanked);
    return Math.log(auc / (1 - auc));
  };
}

/** Sample covariance over the draws in which both are finite. */
function covarianceOf(a: Float64Array, b: Float64Array): number {
  const both = Array.from(a.keys()).filter((i) => Number.isFinite(a[i]!) && Number.isFinite(b[i]!));
  const meanA = both.reduce((sum, i) => sum + a[i]!, 0) / both.length;
  const meanB = both.reduce((sum, i) => sum + b[i]!, 0) / both.length;
  return both.reduce((sum, i) => sum + (a[i]! - meanA) * (b[i]! - meanB), 0) / (both.length - 1);
}
