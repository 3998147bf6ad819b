import { MISSING_BIN } from '../bins.ts';
import type { Crew } from '../crew/crew.ts';
import { type BoostingArena, CHUNK, SET, SPLIT_NUMBERS } from './arena.ts';
import type { NodeSums } from './best-split.ts';
import { ADD_VALUES, CHILDREN, COLLECT, DIVIDE, ROOT } from './kernel.ts';

type Split = NodeSums & { gain: number; column: number; bin: number; kind: number; set: Uint32Array | null };

/** A node of a growing tree. Rows lie at positions `from` to `to`; `split` is its best one, null when it stays a leaf. */
export type Node = NodeSums & {
  from: number;
  to: number;
  depth: number;
  slot: number;
  split: Split | null;
  missingLeft: boolean;
  children: [Node, Node] | null;
  value: number;
};

/** Cells below which waking other threads takes longer than the work. */
const ALONE = 20_000;

/**
 * Grows one tree, the leaf with the largest gain first, on the gradients of one output, and adds its leaves' values to the
 * scores. `root` holds the sums over all rows.
 */
export function growTree(arena: BoostingArena, crew: Crew, output: number, root: NodeSums): Node {
  const { rows, blocks, args, numbers, order, options } = arena;
  for (let i = 0; i < rows; i++) order[i] = i;
  const top = makeNode(0, rows, 0, root);
  const growing: Node[] = [];
  let leaves = 1;
  let slots = 1;
  if (mayBeSplit(arena, top)) {
    args[0] = 0;
    args[1] = output;
    setSums(numbers, 0, top);
    crew.run(ROOT, blocks, rows * blocks < ALONE);
    top.split = bestSplit(arena, 0);
    if (top.split !== null) growing.push(top);
  }
  const ends: Node[] = [];
  while (growing.length > 0 && leaves < options.maxLeaves) {
    const node = takeLargestGain(growing);
    const [left, right] = divideNode(arena, crew, node, output);
    node.children = [left, right];
    leaves++;
    const small = left.count <= right.count ? left : right;
    const large = small === left ? right : left;
    const full = leaves === options.maxLeaves;
    const splitSmall = !full && mayBeSplit(arena, small);
    const splitLarge = !full && mayBeSplit(arena, large);
    if (splitSmall || splitLarge) {
      // The larger child's histogram takes the parent's place.
      large.slot = node.slot;
      small.slot = slots++;
      args.set([small.slot, large.slot, small.from, small.to, splitSmall ? 1 : 0, splitLarge ? 1 : 0]);
      setSums(numbers, 0, small);
      setSums(numbers, 3, large);
      crew.run(CHILDREN, blocks, (small.count + 1_000) * blocks < ALONE);
      if (splitSmall) small.split = bestSplit(arena, 0);
      if (splitLarge) large.split = bestSplit(arena, 1);
    }
    for (const child of [left, right]) {
      if (child.split !== null) growing.push(child);
      else ends.push(child);
    }
  }
  if (top.children === null) ends.push(top);
  for (const node of growing) if (node !== top) ends.push(node);
  addValues(arena, crew, ends, output);
  return top;
}

function makeNode(from: number, to: number, depth: number, { gradient, hessian, count }: NodeSums): Node {
  const rest = { slot: 0, split: null, missingLeft: false, children: null, value: 0 };
  return { from, to, depth, gradient, hessian, count, ...rest };
}

function setSums(numbers: Float64Array, from: number, { gradient, hessian, count }: NodeSums): void {
  numbers[from] = gradient;
  numbers[from + 1] = hessian;
  numbers[from + 2] = count;
}

const mayBeSplit = ({ options }: BoostingArena, node: Node): boolean =>
  node.count >= 2 * options.minSamplesLeaf &&
  (options.maxDepth === 0 || node.depth < options.maxDepth) &&
  node.hessian >= 1e-3;

/** The best of the blocks' splits of one side; of equal gains that of the first column. */
function bestSplit({ splits, splitSets, blocks }: BoostingArena, side: number): Split | null {
  let best = -1;
  for (let block = 0; block < blocks; block++) {
    const at = (side * blocks + block) * SPLIT_NUMBERS;
    if (splits[at + 1]! >= 0 && (best < 0 || splits[at]! > splits[best]!)) best = at;
  }
  if (best < 0) return null;
  const [gain, column, bin, kind, gradient, hessian, count] = splits.subarray(best, best + 7);
  const set = (best / SPLIT_NUMBERS) * SET;
  return {
    gain: gain!,
    column: column!,
    bin: bin!,
    kind: kind!,
    gradient: gradient!,
    hessian: hessian!,
    count: count!,
    set: kind === 2 ? splitSets.slice(set, set + SET) : null,
  };
}

/** Takes the node with the largest gain out of the list; of equal gains the one that came first. */
function takeLargestGain(growing: Node[]): Node {
  let best = 0;
  for (let i = 1; i < growing.length; i++) if (growing[i]!.split!.gain > growing[best]!.split!.gain) best = i;
  return growing.splice(best, 1)[0]!;
}

/** Sorts a node's rows into its two children, keeping their order, and lays out the gradients of the smaller one. */
function divideNode(arena: BoostingArena, crew: Crew, node: Node, output: number): [Node, Node] {
  const { args, sums } = arena;
  const { from, to, depth, split } = node;
  const { column, count, gradient, hessian } = split!;
  const left = makeNode(from, from + count, depth + 1, { gradient, hessian, count });
  const right = makeNode(from + count, to, depth + 1, {
    gradient: node.gradient - gradient,
    hessian: node.hessian - hessian,
    count: node.count - count,
  });
  setGoesLeft(arena, node, left.count >= right.count);
  args.set([from, to, column, left.count <= right.count ? 0 : 1, output]);
  const chunks = Math.ceil((to - from) / CHUNK);
  crew.run(DIVIDE, chunks);
  let lefts = from;
  let rights = from + count;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const here = sums[chunk]!;
    sums[chunks + 2 * chunk] = lefts;
    sums[chunks + 2 * chunk + 1] = rights;
    lefts += here;
    rights += Math.min(CHUNK, to - from - chunk * CHUNK) - here;
  }
  crew.run(COLLECT, chunks);
  return [left, right];
}

/** Fills the table of bins that go left. Where the node saw no missing cells, later ones follow the larger child. */
function setGoesLeft({ goesLeft, binning }: BoostingArena, node: Node, leftIsLarger: boolean): void {
  const { kind, bin, set, column } = node.split!;
  if (kind === 2) for (let b = 0; b < 256; b++) goesLeft[b] = (set![b >>> 5]! >>> (b & 31)) & 1;
  else for (let b = 0; b < 256; b++) goesLeft[b] = b <= bin ? 1 : 0;
  if (binning.hasMissing[column] === 0) node.missingLeft = leftIsLarger;
  else node.missingLeft = kind === 2 ? goesLeft[MISSING_BIN] === 1 : kind === 1;
  if (kind !== 2) goesLeft[MISSING_BIN] = node.missingLeft ? 1 : 0;
}

/** Newton's step of each leaf, shrunk by the learning rate and rounded to the 32 bits that are stored. */
function addValues(arena: BoostingArena, crew: Crew, ends: Node[], output: number): void {
  const { options, pieces, pieceValues, args, rows } = arena;
  let count = 0;
  for (const node of ends) {
    node.value = Math.fround((-options.learningRate * node.gradient) / (node.hessian + options.l2 + 1e-15));
    for (let from = node.from; from < node.to; from += CHUNK) {
      pieces[2 * count] = from;
      pieces[2 * count + 1] = Math.min(node.to, from + CHUNK);
      pieceValues[count++] = node.value;
    }
  }
  args[0] = output;
  crew.run(ADD_VALUES, count, rows < ALONE);
}
