import type { CallInput } from '../../shared/contract/index.ts';
import { writeCardText } from '../store/registry/card-text.ts';
import { describeModel, renameModel, tagModel } from '../store/registry/models.ts';
import { approvalOf, moveVersion } from '../store/registry/move-version.ts';
import { listModels, readModel } from '../store/registry/read-models.ts';
import { registerRun } from '../store/registry/register-run.ts';
import { deleteFromRegistry, restoreToRegistry } from '../store/registry/remove.ts';
import { setAlias } from '../store/registry/set-alias.ts';
import type { ReadableVault, Vault } from '../store/vault.ts';
import { modelCard, type SubgroupsOf } from './card.ts';
import { lineageOf } from './lineage.ts';
import { saveCard } from './save-card.ts';
import { verifyFiles } from './verify.ts';

const done = (_answer: ReturnType<typeof tagModel | typeof renameModel>): null => null;

/** The calls that the registry answers; `subgroups` is lent by the room that compares. */
export const registryOperations = (subgroups: SubgroupsOf) => ({
  'models.list': ({ db }: ReadableVault, _input: CallInput<'models.list'>) => listModels(db),
  'models.show': ({ db }: ReadableVault, { name }: CallInput<'models.show'>) => readModel(db, name),
  'models.lineage': ({ db }: ReadableVault, { name, version }: CallInput<'models.lineage'>) =>
    lineageOf(db, name, version),
  'models.approval': ({ db }: ReadableVault, { name, version }: CallInput<'models.approval'>) =>
    approvalOf(db, name, version),
  'models.card': (vault: ReadableVault, { name, version, groups }: CallInput<'models.card'>) =>
    modelCard(vault, name, version, groups ? subgroups : null),
  'models.verify': (vault: ReadableVault, { name, version }: CallInput<'models.verify'>) =>
    verifyFiles(vault, name, version),
  'models.register': (vault: Vault, input: CallInput<'models.register'>) => registerRun(vault, input),
  'models.stage': (vault: Vault, input: CallInput<'models.stage'>) =>
    moveVersion(vault, { ...input, retireOthers: false }),
  'models.rename': ({ db }: Vault, { name, to }: CallInput<'models.rename'>) => done(renameModel(db, name, to)),
  'models.describe': ({ db }: Vault, { name, version, description }: CallInput<'models.describe'>) =>
    done(describeModel(db, name, version, description)),
  'models.tag': ({ db }: Vault, { name, version, key, value }: CallInput<'models.tag'>) =>
    done(tagModel(db, name, version, key, value)),
  'models.alias': (vault: Vault, { name, version, alias, via }: CallInput<'models.alias'>) =>
    done(setAlias(vault, name, alias, version, via)),
  'models.editCard': ({ db }: Vault, { name, version, text }: CallInput<'models.editCard'>) =>
    done(writeCardText(db, name, version, text)),
  'models.delete': (vault: Vault, { name, version, via }: CallInput<'models.delete'>) =>
    done(deleteFromRegistry(vault, name, version, via)),
  'models.restore': (vault: Vault, { name, version, via }: CallInput<'models.restore'>) =>
    done(restoreToRegistry(vault, name, version, via)),
  'internal.saveModelCard': (
    vault: Vault,
    { name, version, target }: { name: string; version: number; target: string },
  ) => saveCard(vault, name, version, target, subgroups),
});
