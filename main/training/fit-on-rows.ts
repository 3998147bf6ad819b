import { AppError } from '../../shared/errors.ts';
import type { EngineId, ParamValue } from '../../shared/model/run.ts';
import type { Plan } from './plan/plan-run.ts';
import { applyPreprocessing, modelColumns } from './preprocessing/apply-preprocessing.ts';
import type { Preprocessing } from './preprocessing/document.ts';
import type { ReadColumn } from './preprocessing/feature-column.ts';
import { fitPreprocessing } from './preprocessing/fit-preprocessing.ts';
import type { Model, Recipe, Report, Samples } from './recipes/recipe.ts';

export type FitContext = {
  plan: Plan;
  read: ReadColumn;
  recipe: Recipe;
  params: Record<string, ParamValue>;
  engine: EngineId;
};

/** A model with the preprocessing it was fitted behind; `predict` takes positions among the plan's rows. */
export type Fitted = { model: Model; preprocessing: Preprocessing; predict(at: Int32Array): Promise<Float64Array> };

/** Fits preprocessing and model on some of the plan's rows; `validation` serves early stopping. */
export async function fitOnRows(
  context: FitContext,
  train: Int32Array,
  validation: Int32Array | null,
  seed: number,
  report: Report,
): Promise<Fitted> {
  const { plan, read, params } = context;
  const datasetRows = (at: Int32Array): Int32Array => at.map((i) => plan.rows[i]!);
  const preprocessing = fitPreprocessing(read, plan.features, datasetRows(train), {
    missingIndicator: params.missing_indicator === true,
  });
  for (const { column, why } of preprocessing.dropped) report.log(`Left out ${column}: ${why}.`);
  const columns = modelColumns(preprocessing);
  if (columns.length === 0) {
    throw new AppError(
      'FEATURES_INVALID',
      'Every feature is constant or missing in the training part, so there is nothing to learn from.',
    );
  }
  const samples = (at: Int32Array): Samples => ({
    x: applyPreprocessing(preprocessing, read, datasetRows(at)),
    y: Uint16Array.from(at, (i) => plan.y[i]!),
    rows: at.length,
    columns: columns.length,
  });
  const model = await context.recipe.fit({
    train: samples(train),
    validation: validation === null ? null : samples(validation),
    classes: plan.classes,
    columns,
    params,
    seed,
    engine: context.engine,
    report,
  });
  return {
    model,
    preprocessing,
    async predict(at) {
      const scores = await model.predict(applyPreprocessing(preprocessing, read, datasetRows(at)), at.length);
      if (scores.every(Number.isFinite)) return scores;
      throw new AppError(
        'NOT_CONVERGED',
        'The model predicts something that is not a number; a smaller learning rate or a larger penalty helps.',
      );
    },
  };
}
