import { AppError } from '../../../shared/errors.ts';
import type { MovedVia } from '../../../shared/model/registry.ts';
import { userName } from '../../platform/user.ts';
import type { WritingVault } from '../audit.ts';
import { appendAudit } from '../audit.ts';
import { transaction } from '../open.ts';
import { deleteModel, deleteVersion, restoreDeleted } from './deleted.ts';
import { modelKey, versionKey } from './keys.ts';
import { readModel } from './read-models.ts';

/**
 * Takes a version, or with `version` null a model and all its versions, out of the registry; runs and files stay. One that is
 * approved is in use and stays. Throws REGISTERED_MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND or MODEL_NEEDED.
 */
export function deleteFromRegistry(vault: WritingVault, name: string, version: number | null, via: MovedVia): void {
  transaction(vault.db, () => {
    const by = userName();
    const approved = readModel(vault.db, name).versions.find(({ stage }) => stage === 'approved');
    if (approved !== undefined && (version === null || approved.version === version)) {
      throw new AppError(
        'MODEL_NEEDED',
        `${name}@v${approved.version} is approved, so it stays in the registry.`,
        `Retire it first: wardbook model stage ${name}@v${approved.version} retired --reason TEXT`,
      );
    }
    if (version === null) deleteModel(vault.db, modelKey(vault.db, name));
    else deleteVersion(vault.db, versionKey(vault.db, name, version));
    appendAudit(vault, 'model.delete', { model: name, version, by, via });
  });
}

/** Brings back what was deleted last under this name. Throws MODEL_VERSION_NOT_FOUND or REGISTERED_MODEL_NOT_FOUND. */
export function restoreToRegistry(vault: WritingVault, name: string, version: number | null, via: MovedVia): void {
  transaction(vault.db, () => {
    if (!restoreDeleted(vault.db, name, version)) {
      throw new AppError(
        version === null ? 'REGISTERED_MODEL_NOT_FOUND' : 'MODEL_VERSION_NOT_FOUND',
        `Nothing deleted is called ${version === null ? name : `${name}@v${version}`}, or its name is taken again.`,
        'List the models: wardbook model list',
      );
    }
    appendAudit(vault, 'model.restore', { model: name, version, by: userName(), via });
  });
}
