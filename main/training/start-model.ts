import { AppError } from '../../shared/errors.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import type { KeptModel } from './kept-model/keep-model.ts';
import { readModel } from './kept-model/open-model.ts';

/**
 * The model that a run starts from, with what it was fitted behind: of an earlier run, where that kept one per fold the first;
 * null when it starts anew. MODEL_NOT_FOUND, MODEL_DAMAGED; KIND_UNSUPPORTED for a model folder.
 */
export function startModel(vaultDir: string, from: TrainSpec['from']): KeptModel | null {
  if (from === null) return null;
  if (from.kind === 'model') {
    throw new AppError(
      'KIND_UNSUPPORTED',
      'A model folder cannot be the start of a run yet; only the model of a run of this vault can (--from RUN).',
    );
  }
  return readModel(vaultDir, from.run).members[0]!;
}
