import { z } from 'zod';
import type { Model, StoredModel, TableInputs } from '../recipe.ts';
import { type BinTable, binRows } from '../trees/bin-table.ts';
import { unpackTrees } from '../trees/model-file.ts';
import { addLeafValues, addLeafVectors, type TreeArrays } from '../trees/tree-store.ts';

const stored = z.looseObject({ width: z.int().min(1) });

export function loadForest(model: StoredModel): Model<TableInputs> {
  const { width } = stored.parse(model.document);
  const { table, trees } = unpackTrees(model);
  return forestModel(model, width, table, trees);
}

/** Averages what the trees say: `width` numbers per row. */
export function forestModel(
  { document, weights }: StoredModel,
  width: number,
  table: BinTable,
  trees: TreeArrays,
): Model<TableInputs> {
  return {
    document,
    weights,
    coefficients: null,
    async predict({ x, rows, columns }) {
      const count = trees.roots.length;
      const bins = binRows(table, x, rows);
      const out = new Float64Array(rows * width);
      if (width === 1) addLeafValues(trees, 0, count, 1, bins, columns, out, 1, 0);
      else addLeafVectors(trees, 0, count, bins, columns, out, width);
      for (let i = 0; i < out.length; i++) out[i]! /= count;
      return out;
    },
    dispose() {},
  };
}
