import { binItem } from '../binning.ts';
import type { Kernel } from '../crew/control.ts';
import { BLOCK, type BoostingArena, CHUNK, LANES } from './arena.ts';
import { findSplit } from './find-split.ts';
import { fillGradients } from './gradients.ts';
import { addAllRows, addSomeRows, subtract } from './histogram.ts';

export const BIN = 0;
export const GRADIENTS = 1;
export const ROOT = 2;
export const CHILDREN = 3;
export const DIVIDE = 4;
export const COLLECT = 5;
export const ADD_VALUES = 6;

/** What each phase of boosting does with one of its items. */
export function boostingKernel(arena: BoostingArena): Kernel {
  const { rows, blocks, args, numbers, order, ordered, gradients, histograms, options } = arena;
  const words = Array.from(
    { length: blocks },
    (_, block) => new Int32Array(arena.binning.bins.buffer, block * rows * LANES, rows),
  );
  const histogram = (slot: number, block: number): Float64Array =>
    histograms.subarray((slot * blocks + block) * BLOCK, (slot * blocks + block + 1) * BLOCK);
  const ofOutput = (k: number): Float32Array => gradients.subarray(2 * k * rows, 2 * (k + 1) * rows);
  const constant = options.loss === 'squared' && arena.weights === null;
  const sums = (from: number) => ({ gradient: numbers[from]!, hessian: numbers[from + 1]!, count: numbers[from + 2]! });

  /** args: slot, output; numbers: sums of the node. */
  const root = (block: number): void => {
    const own = histogram(args[0]!, block);
    own.fill(0);
    addAllRows(own, words[block]!, ofOutput(args[1]!), constant);
    findSplit(arena, own, block, 0, sums(0));
  };
  /** args: slot of the smaller child, slot of the parent, positions from and to, whether each may be split; numbers: sums of both. */
  const children = (block: number): void => {
    const small = histogram(args[0]!, block);
    const large = histogram(args[1]!, block);
    small.fill(0);
    addSomeRows(small, words[block]!, order, ordered, args[2]!, args[3]!, constant);
    subtract(large, small);
    if (args[4] === 1) findSplit(arena, small, block, 0, sums(0));
    if (args[5] === 1) findSplit(arena, large, block, 1, sums(3));
  };
  const phases: ((item: number) => void)[] = [];
  phases[BIN] = (item) => binItem(arena.binning, item);
  phases[GRADIENTS] = (chunk) => fillGradients(arena, chunk);
  phases[ROOT] = root;
  phases[CHILDREN] = children;
  phases[DIVIDE] = (chunk) => divide(arena, chunk);
  phases[COLLECT] = (chunk) => collect(arena, chunk);
  phases[ADD_VALUES] = (piece) => addValue(arena, piece);
  return (phase, item) => phases[phase]!(item);
}

/**
 * One chunk of the positions args 0 to 1 that a split on column args[2] divides: rows that go left gather from the start of
 * the chunk in `spare`, the others from its end; how many go left is told in `sums`.
 */
function divide(arena: BoostingArena, chunk: number): void {
  const { args, order, spare, goesLeft, binning, rows } = arena;
  const from = args[0]! + chunk * CHUNK;
  const to = Math.min(args[1]!, from + CHUNK);
  const column = args[2]!;
  const start = Math.floor(column / LANES) * rows * LANES;
  const bins = binning.bins.subarray(start, start + rows * LANES);
  const lane = column % LANES;
  let left = from;
  let right = to - 1;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const goes = goesLeft[bins[row * LANES + lane]!]!;
    // Written to both ends and kept at one: a branch would be mispredicted half of the time.
    spare[left] = row;
    spare[right] = row;
    left += goes;
    right -= 1 - goes;
  }
  arena.sums[chunk] = left - from;
}

/**
 * Brings a divided chunk back to `order`: left rows from position sums[chunks + 2 · chunk], right rows from the next number. The
 * gradients (output args[4]) of the side that args[3] names, 0 left and 1 right, are laid out by position.
 */
function collect(arena: BoostingArena, chunk: number): void {
  const { args, order, spare, sums, ordered } = arena;
  const from = args[0]! + chunk * CHUNK;
  const to = Math.min(args[1]!, from + CHUNK);
  const lefts = sums[chunk]!;
  const chunks = Math.ceil((args[1]! - args[0]!) / CHUNK);
  const small = args[3]!;
  const gradients = arena.gradients.subarray(2 * args[4]! * arena.rows, 2 * (args[4]! + 1) * arena.rows);
  let into = sums[chunks + 2 * chunk]!;
  for (let i = from; i < from + lefts; i++) {
    const row = spare[i]!;
    order[into] = row;
    if (small === 0) {
      ordered[2 * into] = gradients[2 * row]!;
      ordered[2 * into + 1] = gradients[2 * row + 1]!;
    }
    into++;
  }
  into = sums[chunks + 2 * chunk + 1]!;
  for (let i = to - 1; i >= from + lefts; i--) {
    const row = spare[i]!;
    order[into] = row;
    if (small === 1) {
      ordered[2 * into] = gradients[2 * row]!;
      ordered[2 * into + 1] = gradients[2 * row + 1]!;
    }
    into++;
  }
}

/** Adds a leaf's value to the scores (output args[0]) of the rows of one piece of it. */
function addValue(arena: BoostingArena, piece: number): void {
  const { pieces, pieceValues, order, scores, args, options } = arena;
  const value = pieceValues[piece]!;
  const to = pieces[2 * piece + 1]!;
  const { outputs } = options;
  const offset = args[0]!;
  for (let i = pieces[2 * piece]!; i < to; i++) scores[order[i]! * outputs + offset]! += value;
}
