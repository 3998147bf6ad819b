import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { readModel } from './kept-model/open-model.ts';
import type { StoredModel } from './recipes/recipe.ts';

/** The model that a run starts from, of an earlier run; null when it starts anew. MODEL_NOT_FOUND, MODEL_DAMAGED. */
export function startModel(vaultDir: string, from: TrainSpec['from']): StoredModel | null {
  if (from === null || from.kind !== 'run') return null;
  return readModel(vaultDir, from.run).members[0]!.model;
}
