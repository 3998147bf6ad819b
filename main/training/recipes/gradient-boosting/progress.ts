import type { FitState } from '../recipe.ts';
import type { BinTable } from '../trees/bin-table.ts';
import { packTrees, unpackTrees } from '../trees/model-file.ts';
import type { TreeArrays } from '../trees/tree-store.ts';

/** Where boosting stands after a round: scores follow from the trees, bins from the training part. */
export type Progress = { round: number; best: { round: number; loss: number } };

export function saveProgress({ round, best }: Progress, table: BinTable, trees: TreeArrays): FitState {
  const { layout, bytes } = packTrees(table, trees);
  // JSON has no infinity, which is the loss before the first one is measured.
  return {
    document: { round, best: best.round, loss: Number.isFinite(best.loss) ? best.loss : null, trees: layout },
    arrays: [bytes],
  };
}

export function restoreProgress({ document, arrays }: FitState): Progress & { trees: TreeArrays } {
  const { round, best, loss } = document as { round: number; best: number; loss: number | null };
  const { trees } = unpackTrees({ document, weights: arrays[0] as Uint8Array });
  return { round, best: { round: best, loss: loss ?? Number.POSITIVE_INFINITY }, trees };
}
