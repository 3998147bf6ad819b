import type { ReleasedCalibration, ReleasedRoc, Suppressed } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import type { ScoreBin } from './partition.ts';
import { roundChain } from './round-counts.ts';
import { roundNumber } from './round-number.ts';

/** Fewer merged bins than this show no curve (S6). */
export const leastBins = 3;
const mostCalibrationBins = 10;

/** Counts of the merged bins, rounded so that they add up to the class totals of the report (S2). */
export type RoundedBins = {
  positives: number[];
  negatives: number[];
  meanScores: number[];
  /** True rows behind each mean score; these stay. */
  rows: number[];
  thresholdEdge: number | null;
};

export function roundBins(merged: { bins: ScoreBin[]; thresholdEdge: number | null }, policy: Policy): RoundedBins {
  const counts = [...merged.bins.map((bin) => bin.positives), ...merged.bins.map((bin) => bin.negatives)];
  const rounded = roundChain(counts, policy.base);
  return {
    positives: rounded.slice(0, merged.bins.length),
    negatives: rounded.slice(merged.bins.length),
    meanScores: merged.bins.map((bin) => bin.meanScore),
    rows: merged.bins.map((bin) => bin.positives + bin.negatives),
    thresholdEdge: merged.thresholdEdge,
  };
}

/** S6: the ROC curve through the edges of merged bins, from rounded counts only; thresholds stay. */
export function releaseRoc(bins: RoundedBins | null): ReleasedRoc | Suppressed {
  if (bins === null || bins.positives.length < leastBins) return { suppressed: 'S6' };
  const positives = sum(bins.positives);
  const negatives = sum(bins.negatives);
  let hits = 0;
  let alarms = 0;
  const points = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  for (let i = 0; i < bins.positives.length; i++) {
    hits += bins.positives[i]!;
    alarms += bins.negatives[i]!;
    points.push({
      falsePositiveRate: roundNumber(alarms / negatives, 3),
      truePositiveRate: roundNumber(hits / positives, 3),
    });
  }
  return { points, bins: bins.positives.length, operatingPoint: bins.thresholdEdge };
}

/** S8: observed share against mean predicted probability of the same merged bins, at most 10; no smoother, no rug. */
export function releaseCalibration(bins: RoundedBins | null, decimals: number): ReleasedCalibration | Suppressed {
  if (bins === null || bins.positives.length < leastBins) return { suppressed: 'S8' };
  const width = Math.ceil(bins.positives.length / mostCalibrationBins);
  const points: ReleasedCalibration['points'] = [];
  for (let from = 0; from < bins.positives.length; from += width) {
    const positives = sum(bins.positives.slice(from, from + width));
    const rows = bins.rows.slice(from, from + width);
    const total = positives + sum(bins.negatives.slice(from, from + width));
    const scores = bins.meanScores.slice(from, from + width).map((mean, i) => mean * rows[i]!);
    points.push({
      predicted: roundNumber(sum(scores) / sum(rows), decimals),
      observed: roundNumber(positives / total, decimals),
    });
  }
  return { points: points.reverse() };
}

const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);
