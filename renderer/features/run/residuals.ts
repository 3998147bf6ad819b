import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { roundTicks } from '../../figures/round-ticks.ts';

/** Observed less predicted, row by row, in the unit of the target. */
export function residualsOf({ truth, scores, rows }: PredictionColumns): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => truth[row]! - scores[row]!);
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
