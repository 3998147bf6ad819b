import { existsSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import type { PixelsVersion } from '../store/images/training-pixels.ts';
import type { KeptModel } from './kept-model/keep-model.ts';
import { readModel } from './kept-model/open-model.ts';
import { hashModelFolder, modelFolder } from './model-folder.ts';
import { chooseImagePreprocessing } from './preprocessing/prepare-images.ts';
import { headlessOf, readModelFolder } from './recipes/cnn/layers/read-model-folder.ts';

/**
 * The model that a run starts from, with what it was fitted behind; null when it starts anew. Of an earlier run, where that kept
 * one per fold, the first; of a model folder in the vault the network without its head, for images of the side that it takes or,
 * where it takes any, of the dataset. MODEL_NOT_FOUND, MODEL_DAMAGED; KIND_UNSUPPORTED names what of a folder cannot be used.
 */
export function startModel(
  vaultDir: string,
  from: TrainSpec['from'],
  version: PixelsVersion,
  params: Record<string, ParamValue>,
): KeptModel | null {
  if (from === null) return null;
  if (from.kind === 'run') return readModel(vaultDir, from.run).members[0]!;
  const folder = modelFolder(vaultDir, from.hash);
  if (!existsSync(folder)) {
    throw new AppError(
      'MODEL_NOT_FOUND',
      'The vault holds no model folder with that hash.',
      'Give the folder itself (--from FOLDER).',
    );
  }
  if (hashModelFolder(folder) !== from.hash) {
    throw new AppError(
      'MODEL_DAMAGED',
      'The model folder in the vault was changed after it was copied there.',
      'Give the folder itself again (--from FOLDER).',
    );
  }
  const network = readModelFolder(folder);
  const { images } = chooseImagePreprocessing(version, params);
  const side = network.height ?? images.size;
  const channels = network.channels === 1 ? 1 : 3;
  return {
    model: headlessOf(network, side, from.hash),
    preprocessing: { version: 1, images: { size: side, channels, white: images.white } },
  };
}
