import { type Basis, estimateOf, type Predictions, type StatisticEstimate, type StatisticKey } from './estimate.ts';
import { binaryKeys, estimateBinary } from './estimate-binary.ts';
import { estimateMulticlass, multiclassKeys } from './estimate-multiclass.ts';
import { estimateRegression, regressionKeys } from './estimate-regression.ts';
import { groupSubjects } from './subjects.ts';

export type Estimates = Partial<Record<StatisticKey, StatisticEstimate>>;

/**
 * Every statistic of held-out predictions, each with a 95 % interval by the rule "the subject is the unit":
 * one row per person: AUC by DeLong, proportions by Wilson, everything else by a seeded bootstrap over persons; several
 * rows per person: AUC by the clustered DeLong variance, everything else by the bootstrap over persons. Without a subject
 * column the first rule is used and the method says that it assumes one row per subject.
 *
 * Predicted numbers (0 classes): everything by the bootstrap over persons. `threshold` (two classes) is where a score is called positive; null leaves out what depends on it. The same input and seed
 * give the same result. Values that are not defined (one class, constant scores, no rows) are null; it never throws.
 */
export function estimateAll(input: Predictions & { threshold: number | null; seed: number }): Estimates {
  const rows = input.truth.length;
  const subjects = groupSubjects(input.subject, rows);
  const basis: Basis = {
    rows,
    subjects: input.subject === null ? null : subjects.count,
    suffix: input.subject === null ? ', assumes one row per subject' : '',
  };
  if (!input.scores.every(Number.isFinite)) {
    const method = 'undefined: not every score is a finite number';
    const keys =
      input.classes === 0 ? regressionKeys : input.classes > 2 ? multiclassKeys : binaryKeys(input.threshold);
    return Object.fromEntries(keys.map((key) => [key, estimateOf(null, null, method, basis)]));
  }
  if (input.classes === 0) return estimateRegression(input, subjects, input.seed, basis);
  return input.classes > 2
    ? estimateMulticlass(input, subjects, input.seed, basis)
    : estimateBinary(input, subjects, { threshold: input.threshold, seed: input.seed }, basis);
}
