import type { ForestArena } from './arena.ts';
import { BinSums } from './bin-sums.ts';
import type { Criterion, ForestSplit } from './criterion.ts';
import { rank, type Score, scan } from './scan.ts';

/**
 * Numbers: splits that lower the squared error most, which is to raise the sum over both sides of (Σ y)² / n. Levels of a
 * category are tried in the order of their means, which holds the best set (Fisher 1958).
 */
export class Variance implements Criterion {
  readonly #arena: ForestArena;
  readonly #slot: Uint8Array;
  readonly #amount: Float64Array;
  readonly #weight: Float64Array;
  readonly #gathered = new BinSums(2);
  readonly #score = new VarianceScore();
  #drawn: Uint8Array = new Uint8Array(0);
  #order: Int32Array = new Int32Array(0);
  #from = 0;
  #to = 0;

  constructor(arena: ForestArena) {
    this.#arena = arena;
    this.#slot = new Uint8Array(arena.rows);
    this.#amount = new Float64Array(arena.rows);
    this.#weight = new Float64Array(arena.rows);
  }

  start(drawn: Uint8Array): void {
    this.#drawn = drawn;
  }

  open(order: Int32Array, from: number, to: number): boolean {
    const { y } = this.#arena;
    const first = y[order[from]!]!;
    let sum = 0;
    let weight = 0;
    let same = true;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const drawn = this.#drawn[row]!;
      const target = y[row]!;
      this.#amount[i] = drawn * target;
      this.#weight[i] = drawn;
      sum += drawn * target;
      weight += drawn;
      if (target !== first) same = false;
    }
    this.#score.sum = sum;
    this.#score.weight = weight;
    this.#order = order;
    this.#from = from;
    this.#to = to;
    return !same;
  }

  tryColumn(column: number, best: ForestSplit): boolean {
    const { binning, rows, options } = this.#arena;
    const gathered = this.#gathered;
    const bins = binning.bins.subarray(column * rows, (column + 1) * rows);
    const least = options.minSamplesLeaf;
    gathered.gather(bins, this.#order, this.#from, this.#to, this.#slot, this.#amount, this.#weight, least > 1);
    if (gathered.length + (gathered.missingCount > 0 ? 1 : 0) < 2) return false;
    const { sums, length } = gathered;
    const ranked = binning.levels[column] === 0 ? null : rank(length, (at) => sums[2 * at]! / sums[2 * at + 1]!);
    scan(gathered, this.#score, column, least, this.#to - this.#from, ranked, best);
    return true;
  }

  value(into: Float32Array): void {
    into[0] = this.#arena.mean + this.#score.sum / this.#score.weight;
  }
}

class VarianceScore implements Score {
  /** Of the whole node. */
  sum = 0;
  weight = 0;
  #leftSum = 0;
  #leftWeight = 0;

  reset(): void {
    this.#leftSum = 0;
    this.#leftWeight = 0;
  }

  move(sums: Float64Array, at: number): void {
    this.#leftSum += sums[at]!;
    this.#leftWeight += sums[at + 1]!;
  }

  value(): number {
    const right = this.sum - this.#leftSum;
    return (this.#leftSum * this.#leftSum) / this.#leftWeight + (right * right) / (this.weight - this.#leftWeight);
  }
}
