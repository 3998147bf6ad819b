import { AppError } from '../../shared/errors.ts';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import type { RunResult } from '../store/new-run.ts';
import { openTable } from '../store/table/open-table.ts';
import { keepCheckpoints } from './checkpoints/keep-checkpoints.ts';
import { evaluatePart, keyedEstimates } from './evaluate-part.ts';
import type { FitContext } from './fit-on-rows.ts';
import { keepModel } from './kept-model/keep-model.ts';
import { pairsFor } from './plan/keep-together.ts';
import { planOnTable } from './plan/plan-run.ts';
import type { FeatureColumn } from './preprocessing/feature-column.ts';
import type { FromTrainer, ToTrainer } from './protocol.ts';
import { findRecipe } from './recipes/declarations.ts';
import { loadRecipe } from './recipes/load-recipe.ts';
import type { Reporter } from './reporter.ts';
import { trainFolds } from './train-folds.ts';
import { trainParts } from './train-parts.ts';

export type Begin = Extract<ToTrainer, { type: 'begin' }>;

/** One run from its begin message to its result; everything but the model files is left to the supervisor to store. */
export async function runTraining(
  begin: Begin,
  reporter: Reporter,
  send: (message: FromTrainer) => void,
): Promise<RunResult> {
  const { spec, version, vaultDir, runId } = begin;
  const table = openTable(vaultDir, version);
  const columns = new Map<string, FeatureColumn>();
  const read = (name: string): FeatureColumn => {
    const known = columns.get(name) ?? table.column(name);
    columns.set(name, known);
    return known;
  };
  const plan = planOnTable(table, version, spec, pairsFor(vaultDir, version, spec));
  const { task, features, classes, split } = plan;
  send({ type: 'started', task, features, classes, split: split.summary });
  reporter.log(
    `${spec.recipe} on ${version.name} v${version.version}: ${plan.rows.length} rows, ${features.length} features, target ${spec.target} (${task === 'regression' ? 'a number' : `${classes.length} classes`}).`,
  );
  for (const warning of plan.warnings) reporter.log(`Note: ${warning}`);

  const declaration = findRecipe(spec.recipe);
  const recipe = await loadRecipe(spec.recipe);
  if (recipe.input !== 'table')
    throw new AppError('KIND_UNSUPPORTED', `${spec.recipe} learns from images, not tables.`);
  const context: FitContext = {
    name: spec.recipe,
    plan,
    read,
    recipe,
    params: spec.params,
    runtime: { engine: begin.engine, cores: begin.cores, deterministic: spec.deterministic },
    allowSmallerBatch: spec.allowSmallerBatch,
    checkpoints: keepCheckpoints(
      { vaultDir, runId, recipe: declaration, every: spec.checkpointEvery, unit: declaration.steps ?? 'epochs' },
      reporter,
    ),
    start: null,
  };
  const trained = await (split.fold === null
    ? trainParts(context, split.part!, spec.seed, reporter)
    : trainFolds(context, split.fold, spec.seed, reporter));
  reporter.log('Evaluating the held-out predictions.');
  reporter.progress(0.95);
  await reporter.breathe();

  const { kept, predictions, threshold, thresholdRule, folds } = trained;
  const parts = predictions.map((part) => evaluatePart(part, threshold, spec.seed));
  const evaluation: Evaluation = { task, classes, threshold, thresholdRule, parts, folds };
  const { version: recipeVersion } = findRecipe(spec.recipe);
  const head = { recipe: spec.recipe, recipeVersion, target: spec.target, task, classes, threshold };
  const artifacts = keepModel(vaultDir, runId, head, kept);
  const documents: Record<string, unknown> = { evaluation };
  if (trained.importance !== null) documents.importance = trained.importance;
  const [only, ...others] = kept;
  if (others.length === 0 && only!.model.coefficients !== null) documents.coefficients = only!.model.coefficients;
  reporter.progress(1);
  return { estimates: keyedEstimates(parts), predictions, documents, artifacts, badges: reporter.badges() };
}
