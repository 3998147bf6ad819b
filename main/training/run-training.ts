import type { Evaluation } from '../../shared/model/evaluation.ts';
import type { RunResult } from '../store/new-run.ts';
import { openTable } from '../store/table/open-table.ts';
import { keepCheckpoints } from './checkpoints/keep-checkpoints.ts';
import { evaluatePart, keyedEstimates } from './evaluate-part.ts';
import type { FitContext } from './fit-on-rows.ts';
import { type KeptModel, keepModel } from './kept-model/keep-model.ts';
import { pairsFor } from './plan/keep-together.ts';
import { planOnTable } from './plan/plan-run.ts';
import type { FeatureColumn } from './preprocessing/feature-column.ts';
import { chooseImagePreprocessing, openPixels, type Pixels } from './preprocessing/prepare-images.ts';
import type { FromTrainer, ToTrainer } from './protocol.ts';
import { findRecipe } from './recipes/declarations.ts';
import { loadRecipe } from './recipes/load-recipe.ts';
import type { Reporter } from './reporter.ts';
import { startModel } from './start-model.ts';
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
  const start = startModel(vaultDir, spec.from, version, spec.params);
  const pixels =
    recipe.input === 'images' ? await decodeImages(vaultDir, version, plan.rows, spec.params, start, reporter) : null;
  const context: FitContext = {
    name: spec.recipe,
    plan,
    read,
    recipe,
    pixels,
    params: spec.params,
    runtime: { engine: begin.engine, cores: begin.cores, deterministic: spec.deterministic },
    allowSmallerBatch: spec.allowSmallerBatch,
    checkpoints: keepCheckpoints(
      { vaultDir, runId, recipe: declaration, every: spec.checkpointEvery, unit: declaration.steps ?? 'epochs' },
      reporter,
    ),
    start: start?.model ?? null,
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

async function decodeImages(
  vaultDir: string,
  version: Begin['version'],
  rows: Int32Array,
  params: Begin['spec']['params'],
  start: KeptModel | null,
  reporter: Reporter,
): Promise<Pixels> {
  // A network that goes on sees images as it did before.
  const given = start !== null && 'images' in start.preprocessing ? start.preprocessing : null;
  const document = given ?? chooseImagePreprocessing(version, params);
  const { size, channels } = document.images;
  reporter.log(`Images become squares of ${size} pixels, ${channels === 1 ? 'grey' : 'in colour'}.`);
  return openPixels(vaultDir, version, rows, document);
}
