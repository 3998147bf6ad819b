import type { ForestArena } from './arena.ts';
import { BinSums } from './bin-sums.ts';
import type { Criterion, ForestSplit } from './criterion.ts';
import { rank, type Score, scan } from './scan.ts';

/**
 * Classes: splits that lower the Gini impurity most (Breiman et al. 1984), which is to raise the sum over both sides of
 * Σ n_k² / n, the counts n_k weighted by class. For more than two classes the levels of a category are tried in the order of
 * each class's share.
 */
export class Gini implements Criterion {
  readonly #arena: ForestArena;
  readonly #classes: number;
  readonly #slot: Uint8Array;
  readonly #amount: Float64Array;
  readonly #gathered: BinSums;
  readonly #totals: Float64Array;
  readonly #score: GiniScore;
  #drawn: Uint8Array = new Uint8Array(0);
  #order: Int32Array = new Int32Array(0);
  #from = 0;
  #to = 0;

  constructor(arena: ForestArena) {
    this.#arena = arena;
    this.#classes = arena.options.classes;
    this.#slot = new Uint8Array(arena.rows);
    this.#amount = new Float64Array(arena.rows);
    this.#gathered = new BinSums(this.#classes);
    this.#totals = new Float64Array(this.#classes);
    this.#score = new GiniScore(this.#totals);
  }

  start(drawn: Uint8Array): void {
    this.#drawn = drawn;
  }

  open(order: Int32Array, from: number, to: number): boolean {
    const { y, classWeights } = this.#arena;
    const totals = this.#totals;
    totals.fill(0);
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const k = y[row]!;
      const amount = this.#drawn[row]! * classWeights[k]!;
      this.#slot[i] = k;
      this.#amount[i] = amount;
      totals[k]! += amount;
    }
    this.#order = order;
    this.#from = from;
    this.#to = to;
    let present = 0;
    for (let k = 0; k < totals.length; k++) if (totals[k]! > 0) present++;
    return present > 1;
  }

  tryColumn(column: number, best: ForestSplit): boolean {
    const { binning, rows, options } = this.#arena;
    const gathered = this.#gathered;
    const bins = binning.bins.subarray(column * rows, (column + 1) * rows);
    const least = options.minSamplesLeaf;
    gathered.gather(bins, this.#order, this.#from, this.#to, this.#slot, this.#amount, null, least > 1);
    if (gathered.length + (gathered.missingCount > 0 ? 1 : 0) < 2) return false;
    const total = this.#to - this.#from;
    if (binning.levels[column] === 0) {
      scan(gathered, this.#score, column, least, total, null, best);
      return true;
    }
    const classes = this.#classes;
    const { sums, length } = gathered;
    for (let k = classes === 2 ? 1 : 0; k < classes; k++) {
      const share = (at: number): number => {
        let all = 0;
        for (let c = 0; c < classes; c++) all += sums[at * classes + c]!;
        return sums[at * classes + k]! / all;
      };
      scan(gathered, this.#score, column, least, total, rank(length, share), best);
    }
    return true;
  }

  value(into: Float32Array): void {
    const all = this.#totals.reduce((sum, one) => sum + one, 0);
    if (this.#classes === 2) into[0] = this.#totals[1]! / all;
    else for (let k = 0; k < this.#classes; k++) into[k] = this.#totals[k]! / all;
  }
}

class GiniScore implements Score {
  readonly #totals: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  #leftAll = 0;
  #rightAll = 0;
  #leftSquares = 0;
  #rightSquares = 0;

  constructor(totals: Float64Array) {
    this.#totals = totals;
    this.#left = new Float64Array(totals.length);
    this.#right = new Float64Array(totals.length);
  }

  reset(): void {
    this.#leftAll = 0;
    this.#leftSquares = 0;
    this.#rightAll = 0;
    this.#rightSquares = 0;
    for (let k = 0; k < this.#totals.length; k++) {
      const own = this.#totals[k]!;
      this.#left[k] = 0;
      this.#right[k] = own;
      this.#rightAll += own;
      this.#rightSquares += own * own;
    }
  }

  move(sums: Float64Array, at: number): void {
    for (let k = 0; k < this.#totals.length; k++) {
      const moved = sums[at + k]!;
      if (moved === 0) continue;
      const left = this.#left[k]!;
      const right = this.#right[k]!;
      this.#leftSquares += moved * (2 * left + moved);
      this.#rightSquares -= moved * (2 * right - moved);
      this.#left[k] = left + moved;
      this.#right[k] = right - moved;
      this.#leftAll += moved;
      this.#rightAll -= moved;
    }
  }

  value(): number {
    return this.#leftSquares / this.#leftAll + this.#rightSquares / this.#rightAll;
  }
}
