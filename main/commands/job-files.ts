import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../platform/process-identity.ts';

/**
 * What the processes of one command leave for each other below `runs/<id>/job`, so that nothing true lives in one of them only:
 * whoever finds these files can go on. The folder goes when the run has ended.
 */
export const jobFolder = (vaultDir: string, runId: string): string => join(vaultDir, 'runs', runId, 'job');
export const logFile = (vaultDir: string, runId: string): string => join(vaultDir, 'runs', runId, 'log.txt');

/** Relative to the folder, which is the working folder of launcher and host: the path of a socket may have 107 bytes only. */
export const socketName = 'tracker.sock';
export const spoolName = 'spool.jsonl';
export const outputName = 'output.fifo';
/** The witness's word of how the command ended: its wait status in decimal. */
export const endedName = 'ended';

export type LauncherRecord = ProcessIdentity & { port: number };
export type JobRecord = ProcessIdentity;
/** `oomKills`: what the kernel had killed for want of memory before the command began; null where it does not say. */
export type WitnessRecord = ProcessIdentity & { oomKills: number | null };
export type ExitRecord = {
  code: number | null;
  signal: string | null;
  /** The program could not be started: what the system said. */
  error: string | null;
  endedAt: number;
  /** The kernel killed something for want of memory while it ran. */
  memoryKill: boolean;
  /** Known from the process that started it; otherwise it was found gone. */
  witnessed: boolean;
  /** Attempts to leave the machine, as the launcher counted them at the end; absent where it did not see the end. */
  refused?: number | null;
};

type Records = {
  launcher: LauncherRecord;
  job: JobRecord;
  witness: WitnessRecord;
  exit: ExitRecord;
  access: { token: string };
};

/** Whole or not there: written beside its place and renamed. */
export function writeRecord<K extends keyof Records>(folder: string, kind: K, record: Records[K]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${kind}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function readRecord<K extends keyof Records>(folder: string, kind: K): Records[K] | null {
  try {
    return JSON.parse(readFileSync(join(folder, `${kind}.json`), 'utf8')) as Records[K];
  } catch {
    return null;
  }
}

export function hasSpool(folder: string): boolean {
  return existsSync(join(folder, spoolName));
}

export function removeJobFolder(vaultDir: string, runId: string): void {
  rmSync(jobFolder(vaultDir, runId), { recursive: true, force: true });
}
