import { rankByScore } from './ranked.ts';

/** Net benefit per row at each threshold probability; "treat none" is 0 throughout. */
export type DecisionCurve = { thresholds: Float64Array; netBenefit: Float64Array; treatAll: Float64Array };

/**
 * Decision curve (Vickers and Elkin 2006): net benefit TP/n − FP/n · t/(1 − t) when rows with score ≥ t are treated, beside
 * treating everybody. Thresholds are 0.01 to 0.99 in hundredths unless given. null without both classes.
 */
export function decisionCurve(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  thresholds: Float64Array = Float64Array.from({ length: 99 }, (_, k) => (k + 1) / 100),
): DecisionCurve | null {
  const ranked = rankByScore(truth, scores);
  const rows = ranked.scores.length;
  let positives = 0;
  for (let k = 0; k < rows; k++) positives += ranked.positive[k]!;
  if (positives === 0 || positives === rows) return null;
  const netBenefit = new Float64Array(thresholds.length);
  const treatAll = new Float64Array(thresholds.length);
  let called = 0;
  let hits = 0;
  // From the strictest threshold down, so that the sorted rows are walked once.
  const falling = Uint32Array.from(thresholds.keys()).sort((a, b) => thresholds[b]! - thresholds[a]!);
  for (const t of falling) {
    const threshold = thresholds[t]!;
    const odds = threshold / (1 - threshold);
    for (; called < rows && ranked.scores[called]! >= threshold; called++) hits += ranked.positive[called]!;
    netBenefit[t] = (hits - (called - hits) * odds) / rows;
    treatAll[t] = (positives - (rows - positives) * odds) / rows;
  }
  return { thresholds, netBenefit, treatAll };
}
