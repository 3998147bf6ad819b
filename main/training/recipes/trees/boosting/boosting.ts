import { type BinTable, binCount } from '../bin-table.ts';
import { binAll, createBinArena } from '../binning.ts';
import type { TreeColumn } from '../bins.ts';
import { Crew } from '../crew/crew.ts';
import type { TreeArrays } from '../tree-store.ts';
import { type BoostingArena, type BoostingOptions, CHUNK, createBoostingArena } from './arena.ts';
import { flatten } from './flatten.ts';
import { growTree } from './grow-tree.ts';
import { BIN, boostingKernel, GRADIENTS } from './kernel.ts';

/** Cells below which one thread is faster than two. */
const SMALL = 100_000;

export type BoostingInput = {
  /** Row-major rows × columns; NaN where missing. */
  x: Float64Array;
  rows: number;
  columns: TreeColumn[];
  /** Class index, or the target of `squared`. */
  y: Float64Array;
  /** A weight per row; null when all are 1. */
  weights: Float64Array | null;
  options: BoostingOptions & { maxBins: number };
  threads: number;
  seed: number;
};

/** Gradient boosting, one iteration at a time. */
export class Boosting {
  readonly table: BinTable;
  /** Scores before the first tree, one per output. */
  readonly baseline: Float64Array;
  readonly #arena: BoostingArena;
  readonly #crew: Crew;
  readonly #weight: number;

  constructor(input: BoostingInput) {
    const { x, rows, columns, options, seed, y, weights } = input;
    const threads = rows * columns.length < SMALL ? 1 : input.threads;
    const binning = createBinArena(columns, rows, { maxBins: options.maxBins, layout: 'packed', threads, seed });
    this.#arena = createBoostingArena(binning, options, y, weights);
    this.#crew = new Crew('boosting', this.#arena, boostingKernel(this.#arena), threads);
    this.table = binAll(binning, x, this.#crew, BIN, columns);
    this.#arena.binCounts.set(columns.map((_, j) => binCount(this.table, j)));
    this.#weight = weights === null ? rows : weights.reduce((sum, weight) => sum + weight, 0);
    this.baseline = baselineOf(options, y, weights, this.#weight);
    const { scores } = this.#arena;
    for (let i = 0; i < scores.length; i++) scores[i] = this.baseline[i % options.outputs]!;
  }

  /** Present scores of the training rows, rows × outputs; a fit that goes on adds those of the trees it has. */
  get scores(): Float64Array {
    return this.#arena.scores;
  }

  /** Mean loss on the training rows at the present scores, and gradients for `grow`. */
  prepare(): number {
    const { rows, sums, options } = this.#arena;
    const chunks = Math.ceil(rows / CHUNK);
    this.#crew.run(GRADIENTS, chunks);
    let loss = 0;
    for (let chunk = 0; chunk < chunks; chunk++) loss += sums[chunk * 3 * options.outputs + 2]!;
    return loss / this.#weight;
  }

  /** One tree per output, after `prepare`. */
  grow(): TreeArrays[] {
    const { rows, sums, options } = this.#arena;
    const { outputs } = options;
    const chunks = Math.ceil(rows / CHUNK);
    const roots = Array.from({ length: outputs }, (_, k) => {
      const node = { gradient: 0, hessian: 0, count: rows };
      for (let chunk = 0; chunk < chunks; chunk++) {
        node.gradient += sums[(chunk * outputs + k) * 3]!;
        node.hessian += sums[(chunk * outputs + k) * 3 + 1]!;
      }
      return node;
    });
    return roots.map((root, k) => flatten(growTree(this.#arena, this.#crew, k, root)));
  }

  close(): void {
    this.#crew.close();
  }
}

/** The mean, the log-odds of the positive class, or the logarithms of the class shares less their mean, all weighted. */
function baselineOf(
  { loss, outputs }: BoostingOptions,
  y: Float64Array,
  weights: Float64Array | null,
  total: number,
): Float64Array {
  const mean = (value: (y: number) => number): number =>
    y.reduce((sum, one, i) => sum + (weights === null ? 1 : weights[i]!) * value(one), 0) / total;
  if (loss === 'squared') return Float64Array.of(mean((one) => one));
  if (loss === 'logistic') {
    const share = clipped(mean((one) => one));
    return Float64Array.of(Math.log(share / (1 - share)));
  }
  const logs = Float64Array.from({ length: outputs }, (_, k) => Math.log(clipped(mean((one) => (one === k ? 1 : 0)))));
  const centre = logs.reduce((sum, value) => sum + value, 0) / outputs;
  return logs.map((value) => value - centre);
}

/** A class that is not in the training part has no finite log-odds. */
const clipped = (share: number): number => Math.min(1 - 1e-7, Math.max(1e-7, share));
