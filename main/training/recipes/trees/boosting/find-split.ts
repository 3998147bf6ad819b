import { MISSING_BIN } from '../bins.ts';
import { type BoostingArena, LANES, SET, SLOTS, SPLIT_NUMBERS } from './arena.ts';
import { type Best, keep, LEAST_HESSIAN, NO_SPLIT, type NodeSums } from './best-split.ts';
import { findLevelSplit } from './find-level-split.ts';

/**
 * Finds the best split of a node among the columns of one block and writes it to `splits`: gain, column, bin, kind, and the
 * sums of the left side. The gain is G²/(H + l2) of both sides less that of the node; of equal gains the first one counts.
 */
export function findSplit(
  arena: BoostingArena,
  histogram: Float64Array,
  block: number,
  side: number,
  node: NodeSums,
): void {
  const best: Best = { gain: 0, column: NO_SPLIT, bin: 0, kind: 0, gradient: 0, hessian: 0, count: 0 };
  const at = (side * arena.blocks + block) * SPLIT_NUMBERS;
  const set = arena.splitSets.subarray((side * arena.blocks + block) * SET, (side * arena.blocks + block + 1) * SET);
  for (let lane = 0; lane < LANES; lane++) {
    const column = block * LANES + lane;
    if (column >= arena.columns) break;
    const own = lane * 256 * SLOTS;
    if (arena.binning.levels[column]! > 0) findLevelSplit(arena, histogram, own, column, node, best, set);
    else {
      findUpwards(arena, histogram, own, column, node, best);
      if (histogram[own + MISSING_BIN * SLOTS + 2]! > 0) findDownwards(arena, histogram, own, column, node, best);
    }
  }
  arena.splits[at] = best.gain;
  arena.splits[at + 1] = best.column;
  arena.splits[at + 2] = best.bin;
  arena.splits[at + 3] = best.kind;
  arena.splits[at + 4] = best.gradient;
  arena.splits[at + 5] = best.hessian;
  arena.splits[at + 6] = best.count;
}

/** Bins from the lowest go left one after another; missing cells stay right. */
function findUpwards(
  arena: BoostingArena,
  histogram: Float64Array,
  own: number,
  column: number,
  node: NodeSums,
  best: Best,
): void {
  const { l2, minSamplesLeaf } = arena.options;
  const { gradient, hessian, count } = node;
  const base = (gradient * gradient) / (hessian + l2);
  const missing = histogram[own + MISSING_BIN * SLOTS + 2]! > 0;
  const last = arena.binCounts[column]! - (missing ? 0 : 1);
  let g = 0;
  let h = 0;
  let n = 0;
  let gain = best.gain;
  let found = -1;
  let foundG = 0;
  let foundH = 0;
  let foundN = 0;
  for (let bin = 0, at = own; bin < last; bin++, at += SLOTS) {
    const here = histogram[at + 2]!;
    if (here === 0) continue;
    g += histogram[at]!;
    h += histogram[at + 1]!;
    n += here;
    if (n < minSamplesLeaf || h < LEAST_HESSIAN) continue;
    if (count - n < minSamplesLeaf || hessian - h < LEAST_HESSIAN) break;
    const rest = gradient - g;
    const value = (g * g) / (h + l2) + (rest * rest) / (hessian - h + l2) - base;
    if (value > gain) {
      gain = value;
      found = bin;
      foundG = g;
      foundH = h;
      foundN = n;
    }
  }
  if (found >= 0) keep(best, gain, column, found, 0, foundG, foundH, foundN);
}

/** Bins from the highest go right one after another; missing cells go left. */
function findDownwards(
  arena: BoostingArena,
  histogram: Float64Array,
  own: number,
  column: number,
  node: NodeSums,
  best: Best,
): void {
  const { l2, minSamplesLeaf } = arena.options;
  const { gradient, hessian, count } = node;
  const base = (gradient * gradient) / (hessian + l2);
  let g = 0;
  let h = 0;
  let n = 0;
  for (let bin = arena.binCounts[column]! - 1; bin > 0; bin--) {
    const at = own + bin * SLOTS;
    const here = histogram[at + 2]!;
    if (here === 0) continue;
    g += histogram[at]!;
    h += histogram[at + 1]!;
    n += here;
    if (n < minSamplesLeaf || h < LEAST_HESSIAN) continue;
    if (count - n < minSamplesLeaf || hessian - h < LEAST_HESSIAN) break;
    const rest = gradient - g;
    const value = (g * g) / (h + l2) + (rest * rest) / (hessian - h + l2) - base;
    if (value > best.gain) keep(best, value, column, bin - 1, 1, rest, hessian - h, count - n);
  }
}
