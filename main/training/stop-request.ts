import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './artifacts.ts';

const requestFile = (vaultDir: string, runId: string): string => join(runFolder(vaultDir, runId), 'stop');

/** Asks whichever process trains a run to stop it: the supervisor there looks for this file. */
export function requestStop(vaultDir: string, runId: string): void {
  mkdirSync(runFolder(vaultDir, runId), { recursive: true, mode: 0o700 });
  writeFileSync(requestFile(vaultDir, runId), '', { mode: 0o600 });
}

/** True once per request. */
export function takeStopRequest(vaultDir: string, runId: string): boolean {
  const file = requestFile(vaultDir, runId);
  if (!existsSync(file)) return false;
  rmSync(file, { force: true });
  return true;
}
