import type { CallInput, CallOutput, ReadName, WriteName } from '../../shared/contract/index.ts';
import type { InternalCalls } from './internal.ts';

type Internal = keyof InternalCalls;
export type VaultCallName = ReadName | WriteName | Internal;
export type VaultCallInput<K extends VaultCallName> = K extends Internal
  ? InternalCalls[K]['input']
  : K extends ReadName | WriteName
    ? CallInput<K>
    : never;
export type VaultCallOutput<K extends VaultCallName> = K extends Internal
  ? InternalCalls[K]['output']
  : K extends ReadName | WriteName
    ? CallOutput<K>
    : never;

/**
 * The store as everything above it sees it: the app talks to the vault worker and the query workers, the command line and
 * the tests to the same functions in their own process. Rejects with AppError.
 */
export type VaultClient = {
  call<K extends VaultCallName>(name: K, input: VaultCallInput<K>): Promise<VaultCallOutput<K>>;
  close(): Promise<void>;
};
