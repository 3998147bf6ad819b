import { MISSING_BIN } from '../bins.ts';

/** Rows up to which sorting is faster than passing over all bins. */
const FEW = 40;

/**
 * Rows of the current node gathered by their bin in one column: for each occupied bin its number, and `width` sums. Fed either
 * through a histogram or, for few rows, by sorting.
 */
export class BinSums {
  readonly width: number;
  /** Occupied bins, ascending; the missing one is not among them. */
  readonly bins = new Int32Array(256);
  readonly sums: Float64Array;
  readonly counts = new Int32Array(256);
  length = 0;
  /** Sums of the rows whose cell is missing. */
  readonly missing: Float64Array;
  missingCount = 0;
  readonly #histogram: Float64Array;
  readonly #rows = new Int32Array(256);
  readonly #keys = new Int32Array(FEW);

  constructor(width: number) {
    this.width = width;
    this.sums = new Float64Array(256 * width);
    this.missing = new Float64Array(width);
    this.#histogram = new Float64Array(256 * width);
  }

  /**
   * Gathers the rows at positions `from` to `to`. `slot[i]` says which of the sums position i adds `amount[i]` to. With
   * `withWeight` the last sum also takes `weight[i]`.
   */
  gather(
    bins: Uint8Array,
    order: Int32Array,
    from: number,
    to: number,
    slot: Uint8Array,
    amount: Float64Array,
    weight: Float64Array | null,
    countRows: boolean,
  ): void {
    this.length = 0;
    this.missing.fill(0);
    this.missingCount = 0;
    if (to - from <= FEW) this.#sorted(bins, order, from, to, slot, amount, weight);
    else this.#counted(bins, order, from, to, slot, amount, weight, countRows);
  }

  #sorted(
    bins: Uint8Array,
    order: Int32Array,
    from: number,
    to: number,
    slot: Uint8Array,
    amount: Float64Array,
    weight: Float64Array | null,
  ): void {
    const keys = this.#keys;
    const { width, sums } = this;
    const size = to - from;
    for (let i = 0; i < size; i++) {
      const key = (bins[order[from + i]!]! << 8) | i;
      let at = i;
      while (at > 0 && keys[at - 1]! > key) {
        keys[at] = keys[at - 1]!;
        at--;
      }
      keys[at] = key;
    }
    let length = 0;
    let last = -1;
    for (let i = 0; i < size; i++) {
      const bin = keys[i]! >>> 8;
      const position = from + (keys[i]! & 255);
      let into = sums;
      let base = (length - 1) * width;
      if (bin === MISSING_BIN) {
        into = this.missing;
        base = 0;
        this.missingCount++;
      } else if (bin !== last) {
        last = bin;
        base = length * width;
        this.bins[length] = bin;
        this.counts[length] = 1;
        length++;
        for (let k = 0; k < width; k++) sums[base + k] = 0;
      } else this.counts[length - 1]! += 1;
      into[base + slot[position]!]! += amount[position]!;
      if (weight !== null) into[base + width - 1]! += weight[position]!;
    }
    this.length = length;
  }

  #counted(
    bins: Uint8Array,
    order: Int32Array,
    from: number,
    to: number,
    slot: Uint8Array,
    amount: Float64Array,
    weight: Float64Array | null,
    countRows: boolean,
  ): void {
    const { width, sums } = this;
    const histogram = this.#histogram;
    const rows = this.#rows;
    histogram.fill(0);
    if (weight !== null) {
      for (let i = from; i < to; i++) {
        const at = bins[order[i]!]! * 2;
        histogram[at]! += amount[i]!;
        histogram[at + 1]! += weight[i]!;
      }
    } else if (width === 2) {
      for (let i = from; i < to; i++) histogram[bins[order[i]!]! * 2 + slot[i]!]! += amount[i]!;
    } else {
      for (let i = from; i < to; i++) histogram[bins[order[i]!]! * width + slot[i]!]! += amount[i]!;
    }
    if (countRows) {
      rows.fill(0);
      for (let i = from; i < to; i++) rows[bins[order[i]!]!]! += 1;
    }
    let length = 0;
    for (let bin = 0, at = 0; bin < MISSING_BIN; bin++, at += width) {
      let any = 0;
      // Class sums are never negative; of a regression's pair the weight, which comes last, is positive where there are rows.
      for (let k = weight === null ? 0 : 1; k < width; k++) any += histogram[at + k]!;
      if (any === 0) continue;
      this.bins[length] = bin;
      this.counts[length] = rows[bin]!;
      for (let k = 0; k < width; k++) sums[length * width + k] = histogram[at + k]!;
      length++;
    }
    this.length = length;
    const last = MISSING_BIN * width;
    let any = 0;
    for (let k = 0; k < width; k++) {
      this.missing[k] = histogram[last + k]!;
      if (weight === null || k > 0) any += histogram[last + k]!;
    }
    this.missingCount = countRows ? rows[MISSING_BIN]! : any > 0 ? 1 : 0;
  }
}
