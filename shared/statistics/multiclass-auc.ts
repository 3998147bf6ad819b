import { aucOfRanked } from './auc.ts';
import { averagePrecisionOfRanked } from './average-precision.ts';
import { type Ranked, rankByScore } from './ranked.ts';

/** One class against the rest, sorted by that class's probability. */
export function oneVersusRest(truth: ArrayLike<number>, scores: ArrayLike<number>, classes: number): Ranked[] {
  const rows = truth.length;
  return Array.from({ length: classes }, (_, c) => {
    const isClass = Uint8Array.from({ length: rows }, (_, i) => (truth[i] === c ? 1 : 0));
    return rankByScore(
      isClass,
      Float64Array.from({ length: rows }, (_, i) => scores[i * classes + c]!),
    );
  });
}

/**
 * Macro-averaged one-versus-rest AUC: the unweighted mean over classes of the AUC of that class against all others
 * (scikit-learn's `roc_auc_score(multi_class='ovr', average='macro')`). `scores` is row-major, rows × classes. Classes
 * without a row are left out; null when no class has rows on both sides.
 */
export function multiclassAuc(truth: ArrayLike<number>, scores: ArrayLike<number>, classes: number): number | null {
  const value = macroMean(oneVersusRest(truth, scores, classes), null, aucOfRanked);
  return Number.isNaN(value) ? null : value;
}

/** Macro-averaged one-versus-rest average precision, with the same conventions. */
export function multiclassAveragePrecision(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  classes: number,
): number | null {
  const value = macroMean(oneVersusRest(truth, scores, classes), null, averagePrecisionOfRanked);
  return Number.isNaN(value) ? null : value;
}

/** Mean over classes of a rank statistic, each class's `weights` given per original row; NaN when undefined for all. */
export function macroMean(
  perClass: Ranked[],
  weights: ArrayLike<number> | null,
  statistic: (ranked: Ranked, weights: ArrayLike<number> | null) => number,
): number {
  let sum = 0;
  let defined = 0;
  for (const ranked of perClass) {
    const value = statistic(ranked, weights === null ? null : inOrder(weights, ranked.order));
    if (Number.isNaN(value)) continue;
    sum += value;
    defined++;
  }
  return sum / defined;
}

/** Grows with the largest sample: a bootstrap asks some ten thousand times, and each time for as much. */
let scratch = new Uint16Array(0);

/** Multiplicities in the order of a ranking; valid until the next call, and longer than the order where that was shorter. */
function inOrder(weights: ArrayLike<number>, order: Uint32Array): Uint16Array {
  if (scratch.length < order.length) scratch = new Uint16Array(order.length);
  const sorted = scratch;
  for (let k = 0; k < order.length; k++) sorted[k] = weights[order[k]!]!;
  return sorted;
}
