import { bitsOfFloat, LEAF, LEVELS, MISSING_LEFT, type TreeArrays } from '../tree-store.ts';
import type { ForestSplit } from './criterion.ts';

/** Collects the nodes of one tree, added in preorder. */
export class TreeBuilder {
  readonly #width: number;
  #size = 0;
  #feature = new Uint16Array(1024);
  #bin = new Uint8Array(1024);
  #flags = new Uint8Array(1024);
  #link = new Uint32Array(1024);
  readonly #sets: number[] = [];
  readonly #values: number[] = [];
  readonly #value: Float32Array;

  constructor(width: number) {
    this.#width = width;
    this.#value = new Float32Array(width);
  }

  addLeaf(value: (into: Float32Array) => void): void {
    const node = this.#add();
    value(this.#value);
    this.#flags[node] = LEAF;
    if (this.#width === 1) this.#link[node] = bitsOfFloat(this.#value[0]!);
    else {
      this.#link[node] = this.#values.length / this.#width;
      this.#values.push(...this.#value);
    }
  }

  /** Its left child is added next; the right one is told by `setRight` when its turn comes. */
  addSplit(split: ForestSplit): number {
    const node = this.#add();
    this.#feature[node] = split.column;
    this.#bin[node] = split.bin;
    this.#flags[node] = (split.missingLeft ? MISSING_LEFT : 0) | (split.set === null ? 0 : LEVELS);
    if (split.set !== null) {
      this.#link[node] = this.#sets.length / (1 + split.set.length);
      this.#sets.push(0, ...split.set);
    }
    return node;
  }

  /** The node added next is the right child of `parent`. */
  setRight(parent: number): void {
    if ((this.#flags[parent]! & LEVELS) !== 0) this.#sets[this.#link[parent]! * 9] = this.#size;
    else this.#link[parent] = this.#size;
  }

  finish(): TreeArrays {
    return {
      feature: this.#feature.slice(0, this.#size),
      bin: this.#bin.slice(0, this.#size),
      flags: this.#flags.slice(0, this.#size),
      link: this.#link.slice(0, this.#size),
      roots: Uint32Array.of(0),
      sets: Uint32Array.from(this.#sets),
      values: Float32Array.from(this.#values),
    };
  }

  #add(): number {
    if (this.#size === this.#feature.length) {
      this.#feature = grown(this.#feature, new Uint16Array(2 * this.#size));
      this.#bin = grown(this.#bin, new Uint8Array(2 * this.#size));
      this.#flags = grown(this.#flags, new Uint8Array(2 * this.#size));
      this.#link = grown(this.#link, new Uint32Array(2 * this.#size));
    }
    return this.#size++;
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(small: T, large: T): T {
  large.set(small);
  return large;
}
