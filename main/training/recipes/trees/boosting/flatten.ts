import { bitsOfFloat, LEAF, LEVELS, MISSING_LEFT, type TreeArrays } from '../tree-store.ts';
import type { Node } from './grow-tree.ts';

/** A grown tree in the form that is stored. */
export function flatten(top: Node): TreeArrays {
  const feature: number[] = [];
  const bin: number[] = [];
  const flags: number[] = [];
  const link: number[] = [];
  const sets: number[] = [];
  const add = (node: Node): void => {
    const at = feature.length;
    if (node.children === null) {
      feature.push(0);
      bin.push(0);
      flags.push(LEAF);
      link.push(bitsOfFloat(node.value));
      return;
    }
    const { column, bin: last, set } = node.split!;
    feature.push(column);
    bin.push(set === null ? last : 0);
    flags.push((node.missingLeft ? MISSING_LEFT : 0) | (set === null ? 0 : LEVELS));
    link.push(0);
    const entry = sets.length;
    if (set !== null) sets.push(0, ...set);
    add(node.children[0]);
    const right = feature.length;
    if (set === null) link[at] = right;
    else {
      link[at] = entry / (1 + set.length);
      sets[entry] = right;
    }
    add(node.children[1]);
  };
  add(top);
  return {
    feature: Uint16Array.from(feature),
    bin: Uint8Array.from(bin),
    flags: Uint8Array.from(flags),
    link: Uint32Array.from(link),
    roots: Uint32Array.of(0),
    sets: Uint32Array.from(sets),
    values: new Float32Array(0),
  };
}
