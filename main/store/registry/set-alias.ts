import { AppError } from '../../../shared/errors.ts';
import type { Stage } from '../../../shared/model/registration.ts';
import { aliasName, type MovedVia } from '../../../shared/model/registry.ts';
import type { WritingVault } from '../audit.ts';
import { transaction } from '../open.ts';
import { isStageAlias, type StageAlias, writeAlias } from './aliases.ts';
import { modelKey, touch, versionKey } from './keys.ts';
import { moveVersion } from './move-version.ts';
import { readModel } from './read-models.ts';

/** Where a version goes that loses the alias of its stage. */
const before: Record<StageAlias, Stage> = { approved: 'candidate', candidate: 'draft' };

/**
 * Points an alias at a version, or takes it away when `version` is null; one that is not there stays away. `candidate` and
 * `approved` are the aliases of stages: setting one is a move into that stage, under its rules, and taking it away a move back.
 * Throws REGISTERED_MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND, ALIAS_INVALID, or as `moveVersion`.
 */
export function setAlias(
  vault: WritingVault,
  name: string,
  alias: string,
  version: number | null,
  via: MovedVia,
): void {
  checkAlias(alias);
  if (!isStageAlias(alias)) {
    transaction(vault.db, () => {
      const model = modelKey(vault.db, name);
      writeAlias(vault.db, model, alias, version === null ? null : versionKey(vault.db, name, version).id);
      touch(vault.db, model, null);
    });
    return;
  }
  const move = { name, via, retireOthers: false };
  if (version !== null) {
    moveVersion(vault, { ...move, version, stage: alias, reason: `Alias ${alias} was set.` });
    return;
  }
  const holder = readModel(vault.db, name).aliases.find((held) => held.alias === alias);
  if (holder === undefined) return;
  moveVersion(vault, { ...move, version: holder.version, stage: before[alias], reason: `Alias ${alias} was removed.` });
}

const isReserved = (alias: string): boolean => /^(latest|v\d+|draft|retired)$/i.test(alias);

/** Whether an alias is one of a person's own, and none of a stage. */
export const isFreeAlias = (alias: string): boolean =>
  !isReserved(alias) && !isStageAlias(alias) && aliasName.safeParse(alias).success;

function checkAlias(alias: string): void {
  const reserved = isReserved(alias);
  if (!reserved && aliasName.safeParse(alias).success) return;
  throw new AppError(
    'ALIAS_INVALID',
    reserved
      ? `The alias ${alias} is reserved: it would be mistaken for a version or a stage.`
      : 'An alias has 1 to 255 letters, digits, underscores and dashes.',
    'Choose another alias.',
  );
}
