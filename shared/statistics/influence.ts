import { placements } from './placements.ts';
import { squaredResiduals } from './rmse.ts';
import type { Subjects } from './subjects.ts';

/**
 * A statistic with what every row adds to its deviation from the truth, to first order (its influence over the number of
 * rows). Influences of a difference, or of a mean, are the differences or means of the influences.
 */
export type Influenced = { value: number; rows: Float64Array };

/** AUC: DeLong's placements less the AUC, over the number of rows of the class. null without both classes. */
export function aucInfluence(truth: ArrayLike<number>, scores: ArrayLike<number>): Influenced | null {
  const placed = placements(truth, scores);
  if (placed === null) return null;
  const { auc, positives, negatives, values } = placed;
  return { value: auc, rows: values.map((value, i) => (value - auc) / (truth[i] === 1 ? positives : negatives)) };
}

/** Unweighted mean of the one-versus-rest AUCs of the classes that have rows on both sides; null when none has. */
export function macroAucInfluence(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  classes: number,
): Influenced | null {
  const rows = truth.length;
  const ofClasses = Array.from({ length: classes }, (_, c) =>
    aucInfluence(
      Uint8Array.from({ length: rows }, (_, i) => (truth[i] === c ? 1 : 0)),
      Float64Array.from({ length: rows }, (_, i) => scores[i * classes + c]!),
    ),
  ).filter((one) => one !== null);
  return ofClasses.length === 0 ? null : meanInfluence(ofClasses);
}

/** Root mean squared error, by the delta method: (e² − MSE) / (2 n RMSE). null without rows. */
export function rmseInfluence(truth: ArrayLike<number>, scores: ArrayLike<number>): Influenced | null {
  const squares = squaredResiduals(truth, scores);
  if (squares.length === 0) return null;
  const mse = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  const value = Math.sqrt(mse);
  const scale = 2 * squares.length * value;
  return { value, rows: squares.map((square) => (scale === 0 ? 0 : (square - mse) / scale)) };
}

/** Mean of statistics of the same rows. */
export function meanInfluence(all: readonly Influenced[]): Influenced {
  const rows = new Float64Array(all[0]!.rows.length);
  let value = 0;
  for (const one of all) {
    value += one.value / all.length;
    for (let i = 0; i < rows.length; i++) rows[i]! += one.rows[i]! / all.length;
  }
  return { value, rows };
}

/**
 * Variance of a statistic from its influences, rows of one person summed: I / (I − 1) · Σ (sum of the person)², I persons
 * (the sandwich form; for an AUC it is DeLong's with one row per person, up to factors n / (n − 1)). null with one person.
 */
export function influenceVariance(rows: Float64Array, { index, count }: Subjects): number | null {
  if (count < 2) return null;
  const sums = new Float64Array(count);
  for (let i = 0; i < rows.length; i++) sums[index[i]!]! += rows[i]!;
  return (sums.reduce((sum, value) => sum + value * value, 0) * count) / (count - 1);
}
