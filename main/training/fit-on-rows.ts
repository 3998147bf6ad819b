import { AppError } from '../../shared/errors.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Plan } from './plan/plan-run.ts';
import { applyPreprocessing, modelColumns } from './preprocessing/apply-preprocessing.ts';
import type { Preprocessing } from './preprocessing/document.ts';
import type { ReadColumn } from './preprocessing/feature-column.ts';
import { fitPreprocessing } from './preprocessing/fit-preprocessing.ts';
import type { Model, Report, Runtime, StoredModel, TableInputs, TableRecipe } from './recipes/recipe.ts';

export type FitContext = {
  plan: Plan;
  read: ReadColumn;
  recipe: TableRecipe;
  params: Record<string, ParamValue>;
  runtime: Runtime;
  allowSmallerBatch: boolean;
  checkpoints: Checkpoints;
  start: StoredModel | null;
};

/** A model with the preprocessing it was fitted behind; `predict` takes positions among the plan's rows. */
export type Fitted = {
  model: Model<TableInputs>;
  preprocessing: Preprocessing;
  predict(at: Int32Array): Promise<Float64Array>;
};

/** Fits preprocessing and model on some of the plan's rows; `validation` serves early stopping, `name` tells the fits of a run apart. */
export async function fitOnRows(
  context: FitContext,
  name: string,
  train: Int32Array,
  validation: Int32Array | null,
  seed: number,
  report: Report,
): Promise<Fitted> {
  const { plan, read, params } = context;
  const datasetRows = (at: Int32Array): Int32Array => at.map((i) => plan.rows[i]!);
  const preprocessing = fitPreprocessing(read, plan.features, datasetRows(train), {
    missingIndicator: params.missing_indicator === true,
    columns: context.recipe.columns,
  });
  for (const { column, why } of preprocessing.dropped) report.log(`Left out ${column}: ${why}.`);
  const columns = modelColumns(preprocessing);
  if (columns.length === 0) {
    throw new AppError(
      'FEATURES_INVALID',
      'Every feature is constant or missing in the training part, so there is nothing to learn from.',
    );
  }
  const inputs = (at: Int32Array): TableInputs => ({
    kind: 'table',
    x: applyPreprocessing(preprocessing, read, datasetRows(at)),
    rows: at.length,
    columns: columns.length,
  });
  const samples = (at: Int32Array) => ({ ...inputs(at), y: Float64Array.from(at, (i) => plan.y[i]!) });
  const model = await context.recipe.fit({
    ...context.runtime,
    task: plan.task,
    train: samples(train),
    validation: validation === null ? null : samples(validation),
    classes: plan.classes,
    columns,
    params,
    seed,
    allowSmallerBatch: context.allowSmallerBatch,
    checkpoint: context.checkpoints.of(name),
    start: context.start,
    report,
  });
  return {
    model,
    preprocessing,
    async predict(at) {
      const scores = await model.predict(inputs(at));
      if (scores.every(Number.isFinite)) return scores;
      throw new AppError(
        'NOT_CONVERGED',
        'The model predicts something that is not a number; a smaller learning rate or a larger penalty helps.',
      );
    },
  };
}
