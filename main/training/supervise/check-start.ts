import { AppError } from '../../../shared/errors.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import type { VaultClient } from '../../workers/client.ts';
import { startNeeded } from '../recipes/fine-tune/start-needed.ts';
import { startModel } from '../start-model.ts';

/** Recipes whose models `fine-tune` can go on from. */
const networks = new Set(['cnn', 'fine-tune']);

/**
 * Refuses, before a run is made, a start that cannot be one. PARAM_INVALID when `fine-tune` has none or another recipe has one,
 * KIND_UNSUPPORTED for a model that is no network or has layers that cannot be computed, RUN_NOT_FOUND, MODEL_NOT_FOUND,
 * MODEL_DAMAGED.
 */
export async function checkStart(
  client: VaultClient,
  vaultDir: string,
  recipe: string,
  { from, dataset, params }: Pick<TrainSpec, 'from' | 'dataset' | 'params'>,
): Promise<void> {
  if (recipe !== 'fine-tune') {
    if (from === null) return;
    throw new AppError('PARAM_INVALID', `${recipe} starts anew; only fine-tune starts from a model (--from).`);
  }
  if (from === null) throw startNeeded();
  if (from.kind === 'model') {
    const version = await client.call('internal.datasetVersion', dataset);
    // Tables are refused later, by the name of what is missing.
    if (version.images !== null) startModel(vaultDir, from, version, params);
    return;
  }
  const run = await client.call('runs.show', { id: from.run });
  if (run.recipe === null || !networks.has(run.recipe)) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      `fine-tune goes on from a network; ${run.recipe ?? 'a run without a recipe'} trains none.`,
      'Choose a run of cnn or fine-tune.',
    );
  }
  if (!run.artifacts.some(({ path }) => path === 'model.json')) {
    throw new AppError('MODEL_NOT_FOUND', 'That run keeps no model; only a run that finished has one.');
  }
}
