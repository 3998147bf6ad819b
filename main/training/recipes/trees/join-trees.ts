import { LEAF, LEVELS, SET_WORDS, type TreeArrays } from './tree-store.ts';

export const noTrees = (): TreeArrays => ({
  feature: new Uint16Array(0),
  bin: new Uint8Array(0),
  flags: new Uint8Array(0),
  link: new Uint32Array(0),
  roots: new Uint32Array(0),
  sets: new Uint32Array(0),
  values: new Float32Array(0),
});

/** All trees of the parts, in order. `width` is the number of values of a leaf. */
export function joinTrees(parts: TreeArrays[], width: number): TreeArrays {
  const total = (length: (part: TreeArrays) => number): number => parts.reduce((sum, part) => sum + length(part), 0);
  const nodes = total(({ feature }) => feature.length);
  const out: TreeArrays = {
    feature: new Uint16Array(nodes),
    bin: new Uint8Array(nodes),
    flags: new Uint8Array(nodes),
    link: new Uint32Array(nodes),
    roots: new Uint32Array(total(({ roots }) => roots.length)),
    sets: new Uint32Array(total(({ sets }) => sets.length)),
    values: new Float32Array(total(({ values }) => values.length)),
  };
  let node = 0;
  let root = 0;
  let set = 0;
  let value = 0;
  for (const part of parts) {
    out.feature.set(part.feature, node);
    out.bin.set(part.bin, node);
    out.flags.set(part.flags, node);
    out.link.set(part.link, node);
    out.sets.set(part.sets, set);
    out.values.set(part.values, value);
    moveLinks(out, node, node + part.feature.length, set / SET_WORDS, width > 1 ? value / width : 0);
    for (const own of part.roots) out.roots[root++] = own + node;
    node += part.feature.length;
    set += part.sets.length;
    value += part.values.length;
  }
  return out;
}

/** Links into `sets` and `values` count from the start of all trees. */
function moveLinks({ flags, link }: TreeArrays, from: number, to: number, sets: number, values: number): void {
  if (sets === 0 && values === 0) return;
  for (let node = from; node < to; node++) {
    if ((flags[node]! & LEAF) !== 0) link[node]! += values;
    else if ((flags[node]! & LEVELS) !== 0) link[node]! += sets;
  }
}

/** The first `count` trees; `values` and `sets` that only later trees use stay. */
export function firstTrees(trees: TreeArrays, count: number): TreeArrays {
  const end = count < trees.roots.length ? trees.roots[count]! : trees.feature.length;
  return {
    ...trees,
    feature: trees.feature.slice(0, end),
    bin: trees.bin.slice(0, end),
    flags: trees.flags.slice(0, end),
    link: trees.link.slice(0, end),
    roots: trees.roots.slice(0, count),
  };
}
