import { createRandom, type Random } from '../../../../../shared/statistics/random.ts';
import { MISSING_BIN } from '../bins.ts';
import { leafOf, type TreeArrays } from '../tree-store.ts';
import { type ForestArena, widthOf } from './arena.ts';
import type { Criterion, ForestSplit } from './criterion.ts';
import { Gini } from './gini.ts';
import { TreeBuilder } from './tree-builder.ts';
import { Variance } from './variance.ts';

/** Rows that a tree was not grown on, ascending, and what it predicts for them: `width` numbers each. */
export type Others = { rows: Int32Array; predicted: Float32Array };
export type GrownTree = Others & { tree: TreeArrays };

/** Grows the trees of a forest, one after another; its memory serves all of them. */
export class TreeGrower {
  readonly #arena: ForestArena;
  readonly #criterion: Criterion;
  readonly #order: Int32Array;
  readonly #spare: Int32Array;
  readonly #drawn: Uint8Array;
  readonly #columns: Int32Array;

  constructor(arena: ForestArena) {
    this.#arena = arena;
    this.#criterion = arena.options.classes > 0 ? new Gini(arena) : new Variance(arena);
    this.#order = new Int32Array(arena.rows);
    this.#spare = new Int32Array(arena.rows);
    this.#drawn = new Uint8Array(arena.rows);
    this.#columns = new Int32Array(arena.columns);
  }

  /** A tree is a function of its seed alone. */
  grow(seed: number): GrownTree {
    const random = createRandom(seed);
    for (let j = 0; j < this.#columns.length; j++) this.#columns[j] = j;
    const rows = this.#draw(random);
    this.#criterion.start(this.#drawn);
    const tree = this.#growOn(rows, random);
    return { tree, ...this.#predictOthers(tree, 0) };
  }

  /** What the tree that came from a seed predicts for the rows that it was not grown on, without growing it again. */
  outOfBag(seed: number, trees: TreeArrays, tree: number): Others {
    this.#draw(createRandom(seed));
    return this.#predictOthers(trees, trees.roots[tree]!);
  }

  /** Draws rows with replacement; `order` begins with those drawn at least once, whose number is returned. */
  #draw(random: Random): number {
    const { rows, options } = this.#arena;
    const drawn = this.#drawn;
    drawn.fill(0);
    for (let i = 0; i < options.sampled; i++) {
      const row = random.below(rows);
      if (drawn[row]! < 255) drawn[row]! += 1;
    }
    let count = 0;
    for (let row = 0; row < rows; row++) if (drawn[row]! > 0) this.#order[count++] = row;
    return count;
  }

  #growOn(rows: number, random: Random): TreeArrays {
    const { options } = this.#arena;
    const criterion = this.#criterion;
    const order = this.#order;
    const builder = new TreeBuilder(widthOf(options));
    // Left children come off first, so nodes are added in preorder.
    const open = [{ from: 0, to: rows, depth: 0, parent: -1 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { from, to, depth, parent } = next;
      if (parent >= 0) builder.setRight(parent);
      const mixed = criterion.open(order, from, to);
      const divisible = to - from >= 2 * options.minSamplesLeaf && (options.maxDepth === 0 || depth < options.maxDepth);
      const split = mixed && divisible ? this.#bestSplit(random) : null;
      if (split === null) {
        builder.addLeaf((into) => criterion.value(into));
        continue;
      }
      const middle = this.#divide(from, to, split);
      const node = builder.addSplit(split);
      open.push({ from: middle, to, depth: depth + 1, parent: node });
      open.push({ from, to: middle, depth: depth + 1, parent: -1 });
    }
    return builder.finish();
  }

  /** The best split on columns drawn at random; when all of them are constant here, more are drawn until one is not. */
  #bestSplit(random: Random): ForestSplit | null {
    const columns = this.#columns;
    const best: ForestSplit = {
      score: Number.NEGATIVE_INFINITY,
      column: -1,
      bin: 0,
      missingLeft: false,
      sawMissing: false,
      set: null,
    };
    let useful = 0;
    for (let i = 0; i < columns.length; i++) {
      if (i >= this.#arena.options.maxFeatures && useful > 0) break;
      const j = i + random.below(columns.length - i);
      const column = columns[j]!;
      columns[j] = columns[i]!;
      columns[i] = column;
      if (this.#criterion.tryColumn(column, best)) useful++;
    }
    return best.column < 0 ? null : best;
  }

  /** Sorts a node's rows into left and right, keeping their order; returns where the right ones begin. */
  #divide(from: number, to: number, split: ForestSplit): number {
    const { binning, rows } = this.#arena;
    const bins = binning.bins.subarray(split.column * rows, (split.column + 1) * rows);
    const order = this.#order;
    const spare = this.#spare;
    const { bin: last, set, missingLeft } = split;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const bin = bins[row]!;
      const goesLeft =
        bin === MISSING_BIN ? missingLeft : set === null ? bin <= last : ((set[bin >>> 5]! >>> (bin & 31)) & 1) === 1;
      if (goesLeft) order[left++] = row;
      else spare[right++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = spare[i]!;
    // Later cells that are missing follow the larger child where no cell was missing here.
    if (!split.sawMissing) split.missingLeft = left - from >= right;
    return left;
  }

  #predictOthers(trees: TreeArrays, root: number): Others {
    const { binning, options } = this.#arena;
    const drawn = this.#drawn;
    const width = widthOf(options);
    let count = 0;
    for (const times of drawn) if (times === 0) count++;
    const rows = new Int32Array(count);
    const predicted = new Float32Array(count * width);
    const single = new Float32Array(trees.link.buffer, trees.link.byteOffset, trees.link.length);
    let at = 0;
    for (let row = 0; row < drawn.length; row++) {
      if (drawn[row] !== 0) continue;
      const leaf = leafOf(trees, root, binning.bins, row, drawn.length);
      if (width === 1) predicted[at] = single[leaf]!;
      else {
        const value = trees.link[leaf]! * width;
        predicted.set(trees.values.subarray(value, value + width), at * width);
      }
      rows[at++] = row;
    }
    return { rows, predicted };
  }
}
