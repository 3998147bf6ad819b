import type { BinArena } from '../binning.ts';
import { sharedFloat32, sharedFloat64, sharedInt32, sharedUint8 } from '../shared-memory.ts';
import type { Loss } from './losses.ts';

/** Columns whose bins share a 32-bit word. */
export const LANES = 4;
/** Slots of a bin in a histogram: sum of gradients, sum of hessians, rows. */
export const SLOTS = 3;
/** Length of one block's histogram: four columns of 256 bins. */
export const BLOCK = LANES * 256 * SLOTS;
/** Rows of one item of the phases that pass over rows. */
export const CHUNK = 16_384;
/** Numbers that describe one side's best split in one block, see find-split.ts. */
export const SPLIT_NUMBERS = 8;
export const SET = 8;

export type BoostingOptions = {
  loss: Loss;
  /** Trees per iteration: classes for three or more, else 1. */
  outputs: number;
  maxLeaves: number;
  /** 0: no limit. */
  maxDepth: number;
  minSamplesLeaf: number;
  l2: number;
  learningRate: number;
  focalGamma: number;
};

/** Shared memory of boosting; positions are places in `order`, where each leaf's rows lie together, ascending. */
export type BoostingArena = {
  binning: BinArena;
  options: BoostingOptions;
  rows: number;
  columns: number;
  blocks: number;
  /** Bins of each column but the missing one. */
  binCounts: Int32Array;
  /** Class index or target. */
  y: Float64Array;
  /** Null: every row weighs 1. */
  weights: Float64Array | null;
  /** rows × outputs. */
  scores: Float64Array;
  /** Gradient and hessian of each row, per output: outputs × rows × 2. */
  gradients: Float32Array;
  /** Gradient and hessian by position, for the node whose histogram is built next. */
  ordered: Float32Array;
  order: Int32Array;
  spare: Int32Array;
  /** Histograms, one per leaf that may still be split: nodes × blocks × BLOCK. */
  histograms: Float64Array;
  /** Best split per side and block. */
  splits: Float64Array;
  splitSets: Uint32Array;
  /** 256 bytes: whether a bin goes left in the split that is carried out. */
  goesLeft: Uint8Array;
  /** Per chunk: sum of gradients, of hessians and of losses for each output; or how many rows go left. */
  sums: Float64Array;
  /** What the current phase works on. */
  args: Int32Array;
  numbers: Float64Array;
  /** Pieces of leaves to add a value to: start, end, and the value. */
  pieces: Int32Array;
  pieceValues: Float64Array;
};

export function createBoostingArena(
  binning: BinArena,
  options: BoostingOptions,
  y: Float64Array,
  weights: Float64Array | null,
): BoostingArena {
  const { rows } = binning;
  const columns = binning.levels.length;
  const blocks = Math.ceil(columns / LANES);
  const { outputs, maxLeaves } = options;
  const chunks = Math.ceil(rows / CHUNK);
  const shared = sharedFloat64(rows);
  shared.set(y);
  let sharedWeights: Float64Array | null = null;
  if (weights !== null) {
    sharedWeights = sharedFloat64(rows);
    sharedWeights.set(weights);
  }
  return {
    binning,
    options,
    rows,
    columns,
    blocks,
    binCounts: sharedInt32(columns),
    y: shared,
    weights: sharedWeights,
    scores: sharedFloat64(rows * outputs),
    gradients: sharedFloat32(2 * rows * outputs),
    ordered: sharedFloat32(2 * rows),
    order: sharedInt32(rows),
    spare: sharedInt32(rows),
    histograms: sharedFloat64(maxLeaves * blocks * BLOCK),
    splits: sharedFloat64(2 * blocks * SPLIT_NUMBERS),
    splitSets: new Uint32Array(new SharedArrayBuffer(4 * 2 * blocks * SET)),
    goesLeft: sharedUint8(256),
    sums: sharedFloat64(chunks * 3 * outputs),
    args: sharedInt32(8),
    numbers: sharedFloat64(8),
    pieces: sharedInt32(2 * (chunks + maxLeaves)),
    pieceValues: sharedFloat64(chunks + maxLeaves),
  };
}
