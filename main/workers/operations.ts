import { contract } from '../../shared/contract/index.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { VaultCallInput, VaultCallName, VaultCallOutput } from './client.ts';
import type { OperationTable } from './operation-table.ts';

/** Who answers which calls; a room is loaded when its first call comes. The most exact name counts. */
const rooms: Record<string, () => Promise<Partial<OperationTable>>> = {
  runs: storeRoom,
  artifacts: storeRoom,
  'runs.compare': compareRoom,
  'runs.subgroups': compareRoom,
  'runs.worst': compareRoom,
  studies: storeRoom,
  settings: storeRoom,
  views: storeRoom,
  internal: storeRoom,
  datasets: datasetRoom,
  'internal.datasetVersion': datasetRoom,
  'internal.previewTable': datasetRoom,
  'internal.previewFolder': datasetRoom,
  'internal.importSynthetic': datasetRoom,
  models: registryRoom,
  'internal.saveModelCard': registryRoom,
  imports: async () => (await import('../importers/operations.ts')).importOperations,
  exports: exportRoom,
  audit: exportRoom,
  'internal.acceptDraft': exportRoom,
  'internal.verifyReport': exportRoom,
  'internal.unlockKeys': exportRoom,
  'internal.planCopy': copyRoom,
  'internal.checkCopyTarget': copyRoom,
  'internal.copyRuns': copyRoom,
  'internal.checkReplayAddress': copyRoom,
  'internal.replayRuns': copyRoom,
  training: async () => (await import('../training/operations.ts')).trainingOperations,
};

async function datasetRoom(): Promise<Partial<OperationTable>> {
  return (await import('../datasets/operations.ts')).datasetOperations;
}

async function compareRoom(): Promise<Partial<OperationTable>> {
  return (await import('../compare/operations.ts')).compareOperations;
}

async function registryRoom(): Promise<Partial<OperationTable>> {
  const [{ registryOperations }, { subgroups }] = await Promise.all([
    import('../registry/operations.ts'),
    import('../compare/groups/subgroups.ts'),
  ]);
  return registryOperations(subgroups);
}

async function exportRoom(): Promise<Partial<OperationTable>> {
  return (await import('../exports/operations.ts')).exportOperations;
}

async function copyRoom(): Promise<Partial<OperationTable>> {
  return (await import('../copy/operations.ts')).copyOperations;
}

async function storeRoom(): Promise<Partial<OperationTable>> {
  return (await import('./store-operations.ts')).storeOperations;
}

const internalReads = new Set<VaultCallName>([
  'internal.datasetVersion',
  'internal.previewTable',
  'internal.previewFolder',
  'internal.verifyReport',
  'internal.runRecord',
  'internal.planCopy',
  'internal.checkCopyTarget',
  'internal.copyRuns',
  'internal.checkReplayAddress',
  'internal.replayRuns',
]);

/** True for calls that need no writer: a query worker answers them. */
export function isRead(name: VaultCallName): boolean {
  const declared = (contract as Record<string, { kind: string } | undefined>)[name];
  return declared?.kind === 'read' || internalReads.has(name);
}

type AnyVaultOperation<K extends VaultCallName> = (
  vault: ReadableVault,
  input: VaultCallInput<K>,
) => VaultCallOutput<K> | Promise<VaultCallOutput<K>>;

/** What does a call; undefined when no room has it. */
export async function findOperation<K extends VaultCallName>(name: K): Promise<AnyVaultOperation<K> | undefined> {
  const room = rooms[name] ?? rooms[name.slice(0, name.indexOf('.'))];
  return (await room?.())?.[name] as AnyVaultOperation<K> | undefined;
}

/** Does one call on a vault; writes need a vault that is open for writing. Throws AppError for what a person can meet. */
export async function perform<K extends VaultCallName>(
  vault: ReadableVault,
  name: K,
  input: VaultCallInput<K>,
): Promise<VaultCallOutput<K>> {
  const operation = await findOperation(name);
  if (operation === undefined) throw new Error(`nobody answers the call ${name}`);
  return operation(vault, input);
}
