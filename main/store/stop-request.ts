import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './files.ts';
import { runFolder } from './log.ts';

/** How a command is asked to end; a recipe knows one way only. */
export type StopRequest = { how: 'ask' | 'interrupt' | 'kill' };

const requestFile = (vaultDir: string, runId: string): string => join(runFolder(vaultDir, runId), 'stop');

/** Asks whichever process looks after a run to stop it: that one looks for this file. */
export function requestStop(vaultDir: string, runId: string, how: StopRequest['how'] = 'ask'): void {
  makePrivateFolder(runFolder(vaultDir, runId));
  writeFileSync(requestFile(vaultDir, runId), how, { mode: 0o600 });
}

/** Once per request. */
export function takeStopRequest(vaultDir: string, runId: string): StopRequest | null {
  const file = requestFile(vaultDir, runId);
  if (!existsSync(file)) return null;
  const how = readFileSync(file, 'utf8');
  rmSync(file, { force: true });
  return { how: how === 'interrupt' || how === 'kill' ? how : 'ask' };
}
