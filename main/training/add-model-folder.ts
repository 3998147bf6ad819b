import { basename } from 'node:path';
import type { AddedModel } from '../../shared/contract/training.ts';
import { keepModelFolder } from './model-folder.ts';
import { headlessOf, readModelFolder } from './recipes/cnn/layers/read-model-folder.ts';

/** Side of the images on which a network that takes any is tried. */
const ANY_SIDE = 224;

/**
 * Keeps a copy of a model folder in the vault, for `fine-tune` to start from. What cannot be read or computed is refused before
 * anything is copied: KIND_UNSUPPORTED names what of it, MODEL_DAMAGED, FILE_NOT_FOUND; DISK_FULL, VAULT_READ_ONLY.
 */
export function addModelFolder(vaultDir: string, folder: string): AddedModel {
  const network = readModelFolder(folder);
  headlessOf(network, network.height ?? ANY_SIDE, '');
  return { name: basename(folder), hash: keepModelFolder(vaultDir, folder) };
}
