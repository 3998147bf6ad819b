import type { Importance } from '../../../shared/model/importance.ts';
import {
  aucInfluence,
  type Influenced,
  influenceVariance,
  macroAucInfluence,
  meanInfluence,
  rmseInfluence,
} from '../../../shared/statistics/influence.ts';
import { z95 } from '../../../shared/statistics/normal.ts';
import { groupSubjects, type Subjects } from '../../../shared/statistics/subjects.ts';

/** Held-out scores of the same rows, as they are and with each feature shuffled, once per repeat. */
export type ShuffledScores = {
  truth: Float64Array;
  /** 0 for a regression. */
  classes: number;
  subject: Int32Array | null;
  scores: Float64Array;
  shuffled: { name: string; repeats: Float64Array[] }[];
};

/** What every feature is worth; null where the metric is undefined, as the AUC is without both classes. */
export function summarise(held: ShuffledScores): Omit<Importance, 'method'> | null {
  const { truth, classes, subject, scores, shuffled } = held;
  const measure = (of: Float64Array): Influenced | null =>
    classes === 0
      ? rmseInfluence(truth, of)
      : classes === 2
        ? aucInfluence(truth, of)
        : macroAucInfluence(truth, of, classes);
  const baseline = measure(scores);
  if (baseline === null) return null;
  const subjects = groupSubjects(subject, truth.length);
  const sign = classes === 0 ? -1 : 1;
  return {
    metric: classes === 0 ? 'rmse' : 'auc',
    baseline: baseline.value,
    rows: truth.length,
    subjects: subject === null ? null : subjects.count,
    repeats: shuffled[0]?.repeats.length ?? 0,
    features: shuffled.map(({ name, repeats }) => ({
      name,
      ...worth(
        repeats.map((of) => difference(baseline, measure(of)!, sign)),
        subjects,
      ),
    })),
  };
}

const difference = (a: Influenced, b: Influenced, sign: number): Influenced => ({
  value: sign * (a.value - b.value),
  rows: a.rows.map((value, i) => sign * (value - b.rows[i]!)),
});

/** Mean ± 1.96 √(sampling variance of the mean difference + sd² / repeats). */
function worth(drops: Influenced[], subjects: Subjects): Omit<Importance['features'][number], 'name'> {
  const { value: mean, rows } = meanInfluence(drops);
  const squares = drops.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const sd = drops.length < 2 ? null : Math.sqrt(squares / (drops.length - 1));
  const sampling = influenceVariance(rows, subjects);
  if (sampling === null) return { mean, sd, low: null, high: null };
  const half = z95 * Math.sqrt(sampling + (sd ?? 0) ** 2 / drops.length);
  return { mean, sd, low: mean - half, high: mean + half };
}
