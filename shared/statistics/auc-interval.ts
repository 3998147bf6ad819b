import { clusteredDelongVariance } from './clustered-delong.ts';
import { delongVariance } from './delong.ts';
import type { Interval } from './interval.ts';
import { newcombeInterval } from './newcombe.ts';
import { z95 } from './normal.ts';
import { type Placements, placements } from './placements.ts';
import { groupSubjects, type Subjects } from './subjects.ts';

export type AucInterval = { value: number | null; interval: Interval | null; method: string };

/**
 * AUC with its 95 % interval: AUC ± 1.96 standard errors, cut to [0, 1], which is pROC's default. The standard error is
 * DeLong's with one row per person, Obuchowski's clustered form otherwise (`subject` numbers the persons; null: every row
 * is one). Where that variance is 0 or undefined (perfect separation, one row in a class) Newcombe's score interval takes
 * its place, on the number of persons in each class.
 */
export function aucInterval(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  subject: ArrayLike<number> | null,
): AucInterval {
  const subjects = groupSubjects(subject, scores.length);
  const clustered = subjects.count < scores.length;
  const method = clustered ? 'clustered DeLong (Obuchowski)' : 'DeLong';
  const placed = placements(truth, scores);
  if (placed === null) return { value: null, interval: null, method };
  const variance = clustered ? clusteredDelongVariance(placed, subjects) : delongVariance(placed);
  if (variance === null || variance < 1e-16) {
    const sizes = personsByClass(placed, subjects);
    const interval = newcombeInterval(placed.auc, sizes.positive, sizes.negative);
    return { value: placed.auc, interval, method: 'score interval (Newcombe 2006)' };
  }
  const half = z95 * Math.sqrt(variance);
  const interval = { low: Math.max(0, placed.auc - half), high: Math.min(1, placed.auc + half) };
  return { value: placed.auc, interval, method };
}

/** Persons with at least one row of each class. */
function personsByClass(placed: Placements, subjects: Subjects): { positive: number; negative: number } {
  const positive = new Set<number>();
  const negative = new Set<number>();
  for (let i = 0; i < placed.values.length; i++) {
    (placed.truth[i] === 1 ? positive : negative).add(subjects.index[i]!);
  }
  return { positive: positive.size, negative: negative.size };
}
