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
    const sorted = weights === null ? null : Uint16Array.from(ranked.order, (row) => weights[row]!);
    const value = statistic(ranked, sorted);
    if (Number.isNaN(value)) continue;
    sum += value;
    defined++;
  }
  return sum / defined;
}
