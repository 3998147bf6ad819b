import { rocCurve } from './roc.ts';

/**
 * Threshold with the largest Youden index (sensitivity + specificity − 1), halfway between the last score called positive
 * and the next one below, as pROC places it. Of equal indices the one with the higher sensitivity wins. null without both
 * classes or with a single score. Choose it on validation data, never on the test part.
 */
export function youdenThreshold(truth: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const roc = rocCurve(truth, scores);
  if (roc === null || roc.thresholds.length < 3) return null;
  let best = 1;
  let bestIndex = Number.NEGATIVE_INFINITY;
  for (let k = 1; k < roc.thresholds.length; k++) {
    const index = roc.truePositiveRate[k]! - roc.falsePositiveRate[k]!;
    // Equal up to rounding counts as equal.
    if (index < bestIndex - 1e-12) continue;
    best = k;
    bestIndex = Math.max(index, bestIndex);
  }
  return below(roc.thresholds, best);
}

/**
 * The highest threshold whose sensitivity is at least `target` (0 to 1), placed as above: of all that reach it the most
 * specific. null without both classes.
 */
export function thresholdForSensitivity(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  target: number,
): number | null {
  const roc = rocCurve(truth, scores);
  if (roc === null) return null;
  const found = roc.truePositiveRate.findIndex((rate, k) => k > 0 && rate >= target - 1e-12);
  return found === -1 ? null : below(roc.thresholds, found);
}

/** Midway from threshold k to the next lower score; the score itself where there is none. */
function below(thresholds: Float64Array, k: number): number {
  const here = thresholds[k]!;
  const next = thresholds[k + 1];
  return next === undefined ? here : next + (here - next) / 2;
}
