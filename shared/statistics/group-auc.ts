import { clusteredDelongVariance } from './clustered-delong.ts';
import { delongVariance } from './delong.ts';
import { placements } from './placements.ts';
import { groupSubjects } from './subjects.ts';

export type GroupAuc = {
  auc: number;
  variance: number;
  clustered: boolean;
  /** By person of the whole sample: how much the person moves the group's AUC, to first order. */
  influence: Map<number, number>;
};

/** Persons in either class below which a group's variance is not trusted. */
const fewest = 5;

/**
 * AUC of one group's rows with its variance: DeLong's with one row per person, Obuchowski's clustered form otherwise, and the
 * part of each person in it. `subject` numbers the persons of all groups. null where the AUC or its variance is undefined
 * or 0 (classes parted without error), or fewer than five persons have a row in either class: a variance of so few is too often
 * far too small.
 */
export function aucOfGroup(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  subject: ArrayLike<number>,
): GroupAuc | null {
  const placed = placements(truth, scores);
  if (placed === null) return null;
  const persons = [new Set<number>(), new Set<number>()] as const;
  for (let i = 0; i < scores.length; i++) persons[truth[i] === 1 ? 1 : 0].add(subject[i]!);
  if (Math.min(persons[0].size, persons[1].size) < fewest) return null;
  const subjects = groupSubjects(subject, scores.length);
  const clustered = subjects.count < scores.length;
  const variance = clustered ? clusteredDelongVariance(placed, subjects) : delongVariance(placed);
  if (variance === null || variance < 1e-16) return null;
  const influence = new Map<number, number>();
  for (let i = 0; i < scores.length; i++) {
    const moved = (placed.values[i]! - placed.auc) / (truth[i] === 1 ? placed.positives : placed.negatives);
    influence.set(subject[i]!, (influence.get(subject[i]!) ?? 0) + moved);
  }
  return { auc: placed.auc, variance, clustered, influence };
}

/**
 * Covariance of the groups' AUCs: their variances, and for persons with rows in several groups the sum of the products of
 * what they move in each. Groups that share no person are independent.
 */
export function aucCovariance(groups: GroupAuc[]): number[][] {
  return groups.map((a, i) =>
    groups.map((b, j) => {
      if (i === j) return a.variance;
      let sum = 0;
      for (const [person, moved] of a.influence) sum += moved * (b.influence.get(person) ?? 0);
      return sum;
    }),
  );
}
