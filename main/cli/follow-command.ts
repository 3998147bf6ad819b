import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { settleOrphans } from '../commands/settle-orphans.ts';
import { isCommandHosted, orphanedCommands, readCommand } from '../store/commands.ts';
import { requestStop } from '../store/stop-request.ts';
import type { Vault } from '../store/vault.ts';
import type { VaultClient } from '../workers/client.ts';
import type { CliContext } from './context.ts';

const lookMs = 100;
const recoverEveryMs = 3_000;

/**
 * Shows a command's output as it is stored (masked) until its run has ended, and sets the exit status to the command's own:
 * its status, or 128 and its signal's number. Ctrl-C stops it, a second one at once; the run is kept.
 */
export async function followCommand(context: CliContext, client: VaultClient, vault: Vault, id: string): Promise<void> {
  const output = context.options.json === true ? process.stderr : process.stdout;
  const file = join(vault.dir, 'runs', id, 'log.txt');
  let read = 0;
  const show = (): void => {
    const bytes = readFrom(file, read);
    read += bytes.length;
    if (bytes.length > 0) output.write(bytes);
  };
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts++;
    context.say(interrupts === 1 ? 'Stopping the command; Ctrl-C again ends it at once.' : 'Ending the command.');
    requestStop(vault.dir, id, interrupts === 1 ? 'interrupt' : 'kill');
  };
  const end = (): void => requestStop(vault.dir, id, 'ask');
  process.on('SIGINT', interrupt).on('SIGTERM', end);
  let recovered = Date.now();
  // What the client says of its run is not the end of the command.
  while (isCommandHosted(vault.db, id)) {
    show();
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    if (Date.now() - recovered < recoverEveryMs) continue;
    recovered = Date.now();
    await client.call('internal.recoverRuns', {});
    if (orphanedCommands(vault.db).length > 0) settleOrphans(vault);
  }
  show();
  process.off('SIGINT', interrupt).off('SIGTERM', end);
  const { status, reason } = await client.call('runs.show', { id });
  const record = readCommand(vault.db, id);
  context.exitCode = statusOf(status, record?.exitCode ?? null, record?.signal ?? null);
  context.say(`${status} run ${id.slice(0, 8)}${reason === null ? '' : `: ${reason}`}`);
  if (context.options.json)
    context.print({ id, status, exitCode: record?.exitCode ?? null, signal: record?.signal ?? null, reason }, () => '');
}

function statusOf(status: string, exitCode: number | null, signal: string | null): number {
  if (exitCode !== null) return exitCode;
  const number = signal === null ? undefined : constants.signals[signal as NodeJS.Signals];
  if (number !== undefined) return 128 + number;
  return status === 'finished' ? 0 : status === 'stopped' ? 130 : 1;
}

function readFrom(file: string, from: number): Buffer {
  if (!existsSync(file)) return Buffer.alloc(0);
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(1 << 20);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, from));
  } finally {
    closeSync(handle);
  }
}
