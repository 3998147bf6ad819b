import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { runFolder } from '../artifacts.ts';
import { predictFinite } from '../fit-on-rows.ts';
import { preprocessing } from '../preprocessing/document.ts';
import type { ReadColumn } from '../preprocessing/feature-column.ts';
import { prepareTable } from '../preprocessing/preparation.ts';
import { loadRecipe } from '../recipes/load-recipe.ts';
import type { Runtime } from '../recipes/recipe.ts';
import { type ModelHead, modelHead } from './head.ts';
import type { KeptModel } from './keep-model.ts';
import { meanOfScores } from './mean-of-scores.ts';

/** What a run kept: one model, or several whose predictions are averaged. */
export type ReadModel = { head: ModelHead; members: KeptModel[] };

export type OpenedModel = ReadModel & {
  /** Scores of these rows of the table whose columns `read` gives, as `Model.predict` gives them. */
  predict(read: ReadColumn, rows: Int32Array): Promise<Float64Array>;
  dispose(): void;
};

/** Reads a run's model without its recipe's code. MODEL_NOT_FOUND when it keeps none, MODEL_DAMAGED when a file cannot be read. */
export function readModel(vaultDir: string, runId: string): ReadModel {
  const folder = join(runFolder(vaultDir, runId), 'artifacts');
  if (!existsSync(join(folder, 'model.json'))) {
    throw new AppError('MODEL_NOT_FOUND', 'That run keeps no model; only a run that finished has one.');
  }
  try {
    const head = modelHead.parse(parseFile(join(folder, 'model.json')));
    const folders = head.members?.map((member) => join(folder, member)) ?? [folder];
    return { head, members: folders.map(readMember) };
  } catch (cause) {
    throw new AppError(
      'MODEL_DAMAGED',
      'The model of that run cannot be read: a file of it is missing or changed. Train it again.',
      undefined,
      { cause },
    );
  }
}

/** A run's model, ready to predict rows of any table that has its columns. `dispose` frees what it holds on its engine. */
export async function openModel(vaultDir: string, runId: string, runtime: Runtime): Promise<OpenedModel> {
  const kept = readModel(vaultDir, runId);
  const recipe = await loadRecipe(kept.head.recipe);
  if (recipe.input !== 'table')
    throw new AppError('KIND_UNSUPPORTED', `${kept.head.recipe} predicts images, not tables.`);
  const models = await Promise.all(kept.members.map(({ model }) => recipe.load(model, runtime)));
  return {
    ...kept,
    async predict(read, rows) {
      const scores: Float64Array[] = [];
      for (const [k, model] of models.entries()) {
        const prepared = prepareTable(kept.members[k]!.preprocessing, read);
        scores.push(await predictFinite(model, prepared.inputs(rows)));
      }
      return meanOfScores(scores);
    },
    dispose() {
      for (const model of models) model.dispose();
    },
  };
}

function readMember(folder: string): KeptModel {
  const weights = join(folder, 'weights.bin');
  return {
    model: {
      document: parseFile(join(folder, 'model.json')) as Record<string, unknown>,
      // Not a Buffer: its slice is no copy, and its bytes may lie at any offset.
      weights: existsSync(weights) ? Uint8Array.from(readFileSync(weights)) : null,
    },
    preprocessing: preprocessing.parse(parseFile(join(folder, 'preprocessing.json'))),
  };
}

const parseFile = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
