import { MISSING_BIN } from '../bins.ts';
import { type BoostingArena, SLOTS } from './arena.ts';
import { type Best, keep, LEAST_HESSIAN, type NodeSums } from './best-split.ts';

/** Levels with fewer rows in a node do not get a side of their own: they stay right. */
const LEAST_ROWS = 10;
/** Added to the hessian when levels are ordered, so that rare ones do not stand at the ends by chance. */
const SMOOTHING = 10;

/**
 * Best split of a node by a set of levels: levels are ordered by gradient over hessian, and the sets that begin this order are
 * tried; for a convex loss the best set is among them (Fisher 1958). Missing cells count as a level. Writes the bins that go
 * left to `set`.
 */
export function findLevelSplit(
  arena: BoostingArena,
  histogram: Float64Array,
  own: number,
  column: number,
  node: NodeSums,
  best: Best,
  set: Uint32Array,
): void {
  const { l2, minSamplesLeaf } = arena.options;
  const { gradient, hessian, count } = node;
  const bins: number[] = [];
  const consider = (bin: number): void => {
    if (histogram[own + bin * SLOTS + 2]! >= Math.min(LEAST_ROWS, minSamplesLeaf)) bins.push(bin);
  };
  for (let bin = 0; bin < arena.binCounts[column]!; bin++) consider(bin);
  consider(MISSING_BIN);
  const slope = (bin: number): number =>
    histogram[own + bin * SLOTS]! / (histogram[own + bin * SLOTS + 1]! + SMOOTHING);
  bins.sort((a, b) => slope(a) - slope(b) || a - b);

  const base = (gradient * gradient) / (hessian + l2);
  let g = 0;
  let h = 0;
  let n = 0;
  let found = -1;
  for (let i = 0; i < bins.length; i++) {
    const at = own + bins[i]! * SLOTS;
    g += histogram[at]!;
    h += histogram[at + 1]!;
    n += histogram[at + 2]!;
    if (n < minSamplesLeaf || h < LEAST_HESSIAN) continue;
    if (count - n < minSamplesLeaf || hessian - h < LEAST_HESSIAN) break;
    const rest = gradient - g;
    const value = (g * g) / (h + l2) + (rest * rest) / (hessian - h + l2) - base;
    if (value > best.gain) {
      keep(best, value, column, 0, 2, g, h, n);
      found = i;
    }
  }
  if (found < 0) return;
  set.fill(0);
  for (const bin of bins.slice(0, found + 1)) set[bin >>> 5]! |= 1 << (bin & 31);
}
