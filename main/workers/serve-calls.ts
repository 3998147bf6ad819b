import { type MessagePort, parentPort } from 'node:worker_threads';
import { AppError, toFailure } from '../../shared/errors.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { VaultCallName } from './client.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { perform } from './operations.ts';
import { transferableBuffers } from './transferable.ts';

/** This worker's line to the process that started it. */
export function workerPort(): MessagePort {
  if (parentPort === null) throw new Error('this file runs as a worker thread only');
  return parentPort;
}

export function tell(message: FromWorker, moved: ArrayBuffer[] = []): void {
  workerPort().postMessage(message, moved);
}

/** Opens the vault with `open`, answers calls on it until told to close, and reports an opening that fails. */
export function serveCalls(open: () => ReadableVault & { close(): void }): void {
  process.on('uncaughtException', (error) => tellUnexpected('a background task', error));
  let vault: ReadableVault & { close(): void };
  try {
    vault = open();
  } catch (error) {
    if (!(error instanceof AppError)) tellUnexpected('opening the vault', error);
    tell({ kind: 'opened', result: { ok: false, error: toFailure(error) } });
    return;
  }
  workerPort().on('message', (message: ToWorker) => {
    if (message.kind === 'call') void answer(vault, message);
    else close(vault);
  });
  tell({ kind: 'opened', result: { ok: true, value: null } });
}

async function answer(vault: ReadableVault, { id, name, input }: Extract<ToWorker, { kind: 'call' }>): Promise<void> {
  try {
    const value = await perform(vault, name as VaultCallName, input as never);
    tell({ kind: 'reply', id, result: { ok: true, value } }, transferableBuffers(value));
  } catch (error) {
    if (!(error instanceof AppError)) tellUnexpected(name, error);
    tell({ kind: 'reply', id, result: { ok: false, error: toFailure(error) } });
  }
}

function close(vault: { close(): void }): void {
  try {
    vault.close();
  } catch (error) {
    tellUnexpected('closing the vault', error);
  }
  tell({ kind: 'closed' });
  workerPort().close();
}

function tellUnexpected(what: string, error: unknown): void {
  tell({ kind: 'unexpected', what, text: error instanceof Error ? String(error.stack) : String(error) });
}
