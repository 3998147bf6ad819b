import { AppError } from '../../shared/errors.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import type { Checkpoints } from './checkpoints.ts';
import { shuffleInputs } from './importance/shuffle-inputs.ts';
import type { Plan } from './plan/plan-run.ts';
import type { Preprocessing } from './preprocessing/document.ts';
import type { ReadColumn } from './preprocessing/feature-column.ts';
import { fitPreprocessing } from './preprocessing/fit-preprocessing.ts';
import { type Preparation, prepareTable } from './preprocessing/preparation.ts';
import { type ImagePreprocessing, type Pixels, prepareImages } from './preprocessing/prepare-images.ts';
import type { FitInput, Inputs, Model, Recipe, RecipeOf, Report, Runtime, StoredModel } from './recipes/recipe.ts';

export type FitContext = {
  /** The recipe's id. */
  name: string;
  plan: Plan;
  read: ReadColumn;
  recipe: Recipe;
  /** Of the plan's rows; null for a table. */
  pixels: Pixels | null;
  params: Record<string, ParamValue>;
  runtime: Runtime;
  allowSmallerBatch: boolean;
  checkpoints: Checkpoints;
  start: StoredModel | null;
};

/** A model with the preprocessing it was fitted behind; `predict` takes positions among the plan's rows. */
export type Fitted = {
  model: Omit<Model<Inputs>, 'predict'>;
  preprocessing: Preprocessing | ImagePreprocessing;
  predict(at: Int32Array): Promise<Float64Array>;
  /**
   * Like `predict`, with one feature (of images: a region) shuffled: position i gets that of position `order[i]` among `at`.
   * null when the model reads nothing of it.
   */
  shuffling(at: Int32Array): (feature: string, order: Int32Array) => Promise<Float64Array | null>;
};

/** One fit of a run: its name tells it apart (`kept`, `fold-1`, …); `validation` serves early stopping. Positions among the plan's rows. */
export type FitTask = {
  name: string;
  train: Int32Array;
  validation: Int32Array | null;
  seed: number;
  report: Report;
};

/** Fits preprocessing and model on some of the plan's rows. */
export async function fitOnRows(context: FitContext, task: FitTask): Promise<Fitted> {
  const { plan, read, params, recipe } = context;
  if (recipe.input === 'images') return fitPrepared(context, recipe, prepareImages(context.pixels!), task);
  const preprocessing = fitPreprocessing(
    read,
    plan.features,
    task.train.map((i) => plan.rows[i]!),
    { missingIndicator: params.missing_indicator === true, columns: recipe.columns },
  );
  for (const { column, why } of preprocessing.dropped) task.report.log(`Left out ${column}: ${why}.`);
  const prepared = prepareTable(preprocessing, read);
  if (prepared.columns.length === 0) {
    throw new AppError(
      'FEATURES_INVALID',
      'Every feature is constant or missing in the training part, so there is nothing to learn from.',
    );
  }
  return fitPrepared(context, recipe, prepared, task);
}

async function fitPrepared<I extends Inputs>(
  context: FitContext,
  recipe: RecipeOf<I>,
  prepared: Preparation<I, Fitted['preprocessing']>,
  { name, train, validation, seed, report }: FitTask,
): Promise<Fitted> {
  const { plan } = context;
  const inputs = (at: Int32Array): I => prepared.inputs(at.map((i) => plan.rows[i]!));
  const samples = (at: Int32Array) => ({ ...inputs(at), y: Float64Array.from(at, (i) => plan.y[i]!) });
  const model = await fitOrLoad(context, recipe, name, {
    ...context.runtime,
    task: plan.task,
    train: samples(train),
    validation: validation === null ? null : samples(validation),
    classes: plan.classes,
    columns: prepared.columns,
    params: context.params,
    seed,
    allowSmallerBatch: context.allowSmallerBatch,
    start: context.start,
    report,
  });
  return {
    model,
    preprocessing: prepared.document,
    predict: (at) => predictFinite(model, inputs(at)),
    shuffling: (at) => {
      const held = inputs(at);
      return async (feature, order) => {
        const shuffled = shuffleInputs(held, prepared.document, feature, order);
        return shuffled === null ? null : predictFinite(model, shuffled);
      };
    },
  };
}

/** Scores as `Model.predict` gives them; NOT_CONVERGED when one is not a number. */
export async function predictFinite<I extends Inputs>(model: Model<I>, inputs: I): Promise<Float64Array> {
  const scores = await model.predict(inputs);
  if (scores.every(Number.isFinite)) return scores;
  throw new AppError(
    'NOT_CONVERGED',
    'The model predicts something that is not a number; a smaller learning rate or a larger penalty helps.',
  );
}

/** A fit that had ended before the run was interrupted is not done again. */
async function fitOrLoad<I extends Inputs>(
  { runtime, checkpoints }: FitContext,
  recipe: RecipeOf<I>,
  name: string,
  input: Omit<FitInput<I>, 'checkpoint'>,
): Promise<Model<I>> {
  const done = checkpoints.finished(name);
  if (done !== null) {
    input.report.log('Fitted before the run was interrupted.');
    input.report.progress(1);
    const { coefficients, outOfBag } = done;
    return { ...(await recipe.load(done, runtime)), coefficients, ...(outOfBag ? { outOfBag } : {}) };
  }
  const model = await recipe.fit({ ...input, checkpoint: checkpoints.of(name) });
  const { document, weights, coefficients, outOfBag } = model;
  checkpoints.keep(name, { document, weights, coefficients, ...(outOfBag ? { outOfBag } : {}) });
  return model;
}
