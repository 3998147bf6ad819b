import { z } from 'zod';
import type { Model, StoredModel, TableInputs } from '../recipe.ts';
import { type BinTable, binRows } from '../trees/bin-table.ts';
import type { Loss } from '../trees/boosting/losses.ts';
import { softmaxOf } from '../trees/boosting/softmax.ts';
import { unpackTrees } from '../trees/model-file.ts';
import { addLeafValues, type TreeArrays } from '../trees/tree-store.ts';

/** Adds what trees say to scores (rows × outputs); tree t is of output t modulo outputs. */
export function addScores(
  trees: TreeArrays,
  bins: Uint8Array,
  columns: number,
  outputs: number,
  scores: Float64Array,
): void {
  for (let k = 0; k < outputs; k++) {
    addLeafValues(trees, k, trees.roots.length, outputs, bins, columns, scores, outputs, k);
  }
}

/** Scores before the first tree. */
export function startingScores(baseline: Float64Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows * baseline.length }, (_, i) => baseline[i % baseline.length]!);
}

const stored = z.looseObject({
  loss: z.enum(['squared', 'logistic', 'softmax']),
  baseline: z.array(z.number()).min(1),
});

export function loadBoosted(model: StoredModel): Model<TableInputs> {
  const { loss, baseline } = stored.parse(model.document);
  const { table, trees } = unpackTrees(model);
  return boostedModel(model, loss, Float64Array.from(baseline), table, trees);
}

export function boostedModel(
  { document, weights }: StoredModel,
  loss: Loss,
  baseline: Float64Array,
  table: BinTable,
  trees: TreeArrays,
): Model<TableInputs> {
  const outputs = baseline.length;
  return {
    document,
    weights,
    coefficients: null,
    async predict({ x, rows, columns }) {
      const scores = startingScores(baseline, rows);
      addScores(trees, binRows(table, x, rows), columns, outputs, scores);
      if (loss === 'logistic') for (let i = 0; i < rows; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]!));
      if (loss === 'softmax') {
        for (let at = 0; at < scores.length; at += outputs) softmaxOf(scores, at, scores.subarray(at, at + outputs));
      }
      return scores;
    },
    dispose() {},
  };
}
