import type { ReadName, WriteName } from '../../shared/contract/index.ts';
import type { ReadableVault, Vault } from '../store/vault.ts';
import type { VaultCallInput, VaultCallName, VaultCallOutput } from './client.ts';

/** What one call does: reads take any vault, writes and internal calls the one that this process writes. */
export type Operation<K extends VaultCallName> = (
  vault: K extends ReadName ? ReadableVault : Vault,
  input: VaultCallInput<K>,
) => VaultCallOutput<K> | Promise<VaultCallOutput<K>>;

export type OperationTable = { [K in VaultCallName]: Operation<K> };

/** The calls that the store alone answers. */
export type StoreCallName =
  | Exclude<
      Extract<ReadName | WriteName, `${'runs' | 'artifacts' | 'studies' | 'settings' | 'views'}.${string}`>,
      'runs.compare' | 'runs.subgroups' | 'runs.worst'
    >
  | 'internal.createRun'
  | 'internal.startRun'
  | 'internal.appendPoints'
  | 'internal.appendLog'
  | 'internal.progress'
  | 'internal.finishRun'
  | 'internal.resumeRun'
  | 'internal.runRecord'
  | 'internal.recordVerdict'
  | 'internal.takeTurn'
  | 'internal.recoverRuns'
  | 'internal.audit';
