import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { killedForMemory } from '../platform/oom.ts';
import { isAlive } from '../platform/process-identity.ts';
import { type ExitRecord, endedName, readRecord } from './job-files.ts';

/** How a command ended, by its launcher or else by its witness; null when neither has written it down. */
export const findExit = (folder: string): ExitRecord | null => readRecord(folder, 'exit') ?? witnessedExit(folder);

/** Whether the witness of a command is there: it will say how the command ends, or keeps the last of its output. */
export function witnessLives(folder: string): boolean {
  const witness = readRecord(folder, 'witness');
  return witness !== null && isAlive(witness);
}

/** What the witness of a command has written down; null: nothing yet, or there is none. */
export function witnessedExit(folder: string): ExitRecord | null {
  const file = join(folder, endedName);
  try {
    const status = Number(readFileSync(file, 'utf8'));
    const { oomKills = null } = readRecord(folder, 'witness') ?? {};
    return statusOfWait(status, Math.round(statSync(file).mtimeMs), oomKills);
  } catch {
    return null;
  }
}

/** A status as `waitpid` gives it; `killsBefore` as of `oomKills` when the command began. */
export function statusOfWait(status: number, endedAt: number, killsBefore: number | null): ExitRecord {
  const by = status & 127;
  const signal = Object.entries(constants.signals).find(([, number]) => number === by)?.[0] ?? `signal ${by}`;
  const end = by === 0 ? { code: status >> 8, signal: null } : { code: null, signal };
  return { ...end, error: null, endedAt, memoryKill: killedForMemory(killsBefore), witnessed: true };
}
