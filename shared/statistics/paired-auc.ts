import { clusteredDelongVariance } from './clustered-delong.ts';
import { delongVariance } from './delong.ts';
import { placementDifference, placements } from './placements.ts';
import { groupSubjects } from './subjects.ts';

export type PairedDifference = { difference: number; standardError: number };

/**
 * Difference in AUC of two scores on the same rows, `a − b`, with its standard error: paired DeLong (1988) with one row per
 * person, Obuchowski's clustered form (1997) otherwise. `subject` numbers the persons; null: every row is one.
 * null without two persons in either class. Two scores that rank alike differ by 0 with standard error 0.
 */
export function pairedAucDifference(
  truth: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  subject: ArrayLike<number> | null,
): PairedDifference | null {
  const placedA = placements(truth, a);
  const placedB = placements(truth, b);
  if (placedA === null || placedB === null) return null;
  const difference = placementDifference(placedA, placedB);
  const subjects = groupSubjects(subject, a.length);
  const clustered = subjects.count < a.length;
  const variance = clustered ? clusteredDelongVariance(difference, subjects) : delongVariance(difference);
  return variance === null ? null : { difference: difference.auc, standardError: Math.sqrt(variance) };
}
