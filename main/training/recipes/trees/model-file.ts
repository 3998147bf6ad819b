import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import type { ModelColumn, StoredModel } from '../recipe.ts';
import type { BinTable } from './bin-table.ts';
import type { TreeColumn } from './bins.ts';
import type { TreeArrays } from './tree-store.ts';

/** How each column enters the trees. */
export const treeColumns = (columns: ModelColumn[]): TreeColumn[] =>
  columns.map(({ levels }) => (levels ? { kind: 'levels', levels: levels.length } : { kind: 'number' }));

const layout = z.strictObject({
  order: z.string(),
  /** Bounds of each column; 0 for levels. */
  bounds: z.array(z.int().min(0)),
  levels: z.array(z.int().min(0)),
  roots: z.int().min(0),
  nodes: z.int().min(0),
  sets: z.int().min(0),
  values: z.int().min(0),
});

/** In this order no array lies across the grain of its numbers. */
const ORDER =
  'little-endian, one after the other: bounds of bins (float64), first node of each tree (uint32), link (uint32), sets of levels (uint32, 9 words each), values (float32), column (uint16), bin (uint8), flags (uint8) of each node';

const sizesOf = ({ bounds, roots, nodes, sets, values }: z.infer<typeof layout>): number[] => [
  8 * bounds.reduce((sum, count) => sum + count, 0),
  4 * roots,
  4 * nodes,
  4 * sets,
  4 * values,
  2 * nodes,
  nodes,
  nodes,
];

/** Trees and bins as bytes, and what says how they lie; the latter belongs in the document as `trees`. */
export function packTrees(table: BinTable, trees: TreeArrays): { layout: z.infer<typeof layout>; bytes: Uint8Array } {
  const counts = {
    order: ORDER,
    bounds: table.bounds.map(({ length }) => length),
    levels: table.columns.map((column) => (column.kind === 'levels' ? column.levels : 0)),
    roots: trees.roots.length,
    nodes: trees.feature.length,
    sets: trees.sets.length,
    values: trees.values.length,
  };
  const bytes = new Uint8Array(sizesOf(counts).reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const part of [
    ...table.bounds,
    trees.roots,
    trees.link,
    trees.sets,
    trees.values,
    trees.feature,
    trees.bin,
    trees.flags,
  ]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return { layout: counts, bytes };
}

/** The reverse of `packTrees`. VAULT_DAMAGED when the bytes are not those that the layout tells of. */
export function unpackTrees({ document, weights }: StoredModel): { table: BinTable; trees: TreeArrays } {
  const { trees: counts } = z.looseObject({ trees: layout }).parse(document);
  const sizes = sizesOf(counts);
  if (weights === null || weights.length !== sizes.reduce((sum, size) => sum + size, 0)) {
    throw new AppError('VAULT_DAMAGED', 'weights.bin does not fit model.json: its length is not that of the trees.');
  }
  // A copy: what comes from a file may lie at any offset of its buffer.
  const buffer = weights.slice().buffer;
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  let at = 0;
  const bounds = counts.bounds.map((count) => {
    at += 8 * count;
    return new Float64Array(buffer, at - 8 * count, count);
  });
  return {
    table: {
      columns: counts.levels.map((levels) => (levels > 0 ? { kind: 'levels', levels } : { kind: 'number' })),
      bounds,
    },
    trees: {
      roots: new Uint32Array(buffer, starts[1], counts.roots),
      link: new Uint32Array(buffer, starts[2], counts.nodes),
      sets: new Uint32Array(buffer, starts[3], counts.sets),
      values: new Float32Array(buffer, starts[4], counts.values),
      feature: new Uint16Array(buffer, starts[5], counts.nodes),
      bin: new Uint8Array(buffer, starts[6], counts.nodes),
      flags: new Uint8Array(buffer, starts[7], counts.nodes),
    },
  };
}
