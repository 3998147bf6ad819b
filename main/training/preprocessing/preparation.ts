import type { Inputs, ModelColumn, TableInputs } from '../recipes/recipe.ts';
import { applyPreprocessing, modelColumns } from './apply-preprocessing.ts';
import type { Preprocessing } from './document.ts';
import type { ReadColumn } from './feature-column.ts';

/** How rows of a dataset become the inputs of a model; what it rests on was learnt from the training part alone. */
export type Preparation<I extends Inputs, D = Preprocessing> = {
  document: D;
  columns: ModelColumn[];
  /** Inputs of these rows of the dataset. */
  inputs(rows: Int32Array): I;
};

export function prepareTable(document: Preprocessing, read: ReadColumn): Preparation<TableInputs> {
  const columns = modelColumns(document);
  return {
    document,
    columns,
    inputs: (rows) => ({
      kind: 'table',
      x: applyPreprocessing(document, read, rows),
      rows: rows.length,
      columns: columns.length,
    }),
  };
}
