import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { PixelsVersion } from '../../store/images/training-pixels.ts';
import { runFolder } from '../artifacts.ts';
import { predictFinite } from '../fit-on-rows.ts';
import { preprocessing } from '../preprocessing/document.ts';
import type { ReadColumn } from '../preprocessing/feature-column.ts';
import { prepareTable } from '../preprocessing/preparation.ts';
import { imagePreprocessing, openPixels, prepareImages } from '../preprocessing/prepare-images.ts';
import { loadRecipe } from '../recipes/load-recipe.ts';
import type { Recipe, Runtime } from '../recipes/recipe.ts';
import { type ModelHead, modelHead } from './head.ts';
import type { KeptModel } from './keep-model.ts';
import { meanOfScores } from './mean-of-scores.ts';

/** What a run kept: one model, or several whose predictions are averaged. */
export type ReadModel = { head: ModelHead; members: KeptModel[] };

/** A dataset version in a vault, and how to read the columns of its table. */
export type PredictedData = { vaultDir: string; version: PixelsVersion; read: ReadColumn };

export type OpenedModel = ReadModel & {
  /** Scores of these rows of a dataset, as `Model.predict` gives them; `read` gives the columns of its table. */
  predict(data: PredictedData, rows: Int32Array): Promise<Float64Array>;
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
  const members = await Promise.all(kept.members.map((member) => openMember(recipe, member, runtime)));
  return {
    ...kept,
    async predict(data, rows) {
      const scores: Float64Array[] = [];
      for (const member of members) scores.push(await member.predict(data, rows));
      return meanOfScores(scores);
    },
    dispose() {
      for (const member of members) member.dispose();
    },
  };
}

type OpenMember = Pick<OpenedModel, 'predict' | 'dispose'>;

async function openMember(
  recipe: Recipe,
  { model: stored, preprocessing: document }: KeptModel,
  runtime: Runtime,
): Promise<OpenMember> {
  if (recipe.input === 'table') {
    if ('images' in document) throw new Error('a model of a table with the preprocessing of images');
    const model = await recipe.load(stored, runtime);
    return {
      predict: ({ read }, rows) => predictFinite(model, prepareTable(document, read).inputs(rows)),
      dispose: () => model.dispose(),
    };
  }
  if (!('images' in document)) throw new Error('a model of images with the preprocessing of a table');
  const model = await recipe.load(stored, runtime);
  return {
    async predict({ vaultDir, version }, rows) {
      const opened = await openPixels(vaultDir, version, rows, document);
      try {
        return await predictFinite(model, prepareImages(opened).inputs(rows));
      } finally {
        opened.pixels.close();
      }
    },
    dispose: () => model.dispose(),
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
    preprocessing: z.union([imagePreprocessing, preprocessing]).parse(parseFile(join(folder, 'preprocessing.json'))),
  };
}

const parseFile = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
