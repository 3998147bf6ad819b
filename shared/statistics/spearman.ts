import { midranks, risingOrder } from './midranks.ts';
import { weightedLine } from './weighted-line.ts';

/**
 * Spearman's rank correlation of predicted and true numbers: Pearson's correlation of their midranks, which is right with
 * ties. null where either does not vary.
 */
export function spearman(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const value = weightedSpearman(truth, scores)(null);
  return Number.isNaN(value) ? null : value;
}

/** The same for resamples: sorts once, then takes a multiplicity per row; NaN when it is not defined. */
export function weightedSpearman(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
): (weights: ArrayLike<number> | null) => number {
  const orderOfTruth = risingOrder(truth);
  const orderOfScores = risingOrder(scores);
  return (weights) =>
    weightedLine(midranks(truth, orderOfTruth, weights), midranks(scores, orderOfScores, weights), weights).r;
}
