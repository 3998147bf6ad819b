import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { roundTicks } from '../../figures/round-ticks.ts';

const BINS = 10;
const LEAST_IN_BIN = 5;

/** Observed less predicted, row by row, in the unit of the target. */
export function residualsOf({ truth, scores, rows }: PredictionColumns): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => truth[row]! - scores[row]!);
}

/**
 * Mean residual in at most ten bins of equally many rows, from the smallest to the largest prediction; at least five rows in each.
 * Rows with the same prediction stay in one bin.
 */
export function residualBins(
  predicted: ArrayLike<number>,
  residuals: ArrayLike<number>,
): { predicted: number; mean: number; rows: number }[] {
  const rows = predicted.length;
  const order = Array.from({ length: rows }, (_, at) => at).sort((a, b) => predicted[a]! - predicted[b]!);
  const bins = Math.max(1, Math.min(BINS, Math.floor(rows / LEAST_IN_BIN)));
  const found: { predicted: number; mean: number; rows: number }[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins && from < rows; bin += 1) {
    let to = Math.max(from + 1, Math.round((rows * bin) / bins));
    while (to < rows && predicted[order[to]!] === predicted[order[to - 1]!]) to += 1;
    const own = order.slice(from, to);
    const mean = (of: ArrayLike<number>) => own.reduce((sum, at) => sum + of[at]!, 0) / own.length;
    found.push({ predicted: mean(predicted), mean: mean(residuals), rows: own.length });
    from = to;
  }
  return found;
}

/** Counts in equally wide bins on round numbers, one edge at zero; about `most` of them or fewer. */
export function residualHistogram(residuals: ArrayLike<number>, most = 24): { edges: number[]; counts: number[] } {
  let low = 0;
  let high = 0;
  for (let at = 0; at < residuals.length; at += 1) {
    low = Math.min(low, residuals[at]!);
    high = Math.max(high, residuals[at]!);
  }
  if (low === high) return { edges: [-0.5, 0, 0.5], counts: [0, residuals.length] };
  const ticks = roundTicks([low, high], most);
  const step = ticks.length > 1 ? Number((ticks[1]! - ticks[0]!).toPrecision(6)) : high - low;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const edges = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let at = 0; at < residuals.length; at += 1) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(residuals[at]! / step - first)));
    counts[bin]! += 1;
  }
  return { edges, counts };
}
