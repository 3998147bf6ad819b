import { isAlive, type ProcessIdentity } from '../../platform/process-identity.ts';
import { witnessedExit, witnessLives } from '../find-exit.ts';
import type { ExitRecord } from '../job-files.ts';

/** `identity` null: the program could not be started. */
export type RunningJob = { identity: ProcessIdentity | null; ended: Promise<ExitRecord> };

const lookMs = 200;
/** From the command's end to its witness's word of it. */
const lookAgainMs = 10;

/** Waits for a command that another launcher started; how it ends its witness says, and otherwise nobody. */
export function watchJob(folder: string, identity: ProcessIdentity): RunningJob {
  const ended = new Promise<ExitRecord>((resolve) => {
    const look = (): void => {
      if (isAlive(identity)) return void setTimeout(look, lookMs);
      // Asked for first: a witness that is gone has written before.
      const lives = witnessLives(folder);
      const exit = witnessedExit(folder);
      if (exit === null && lives) return void setTimeout(look, lookAgainMs);
      const unknown = { code: null, signal: null, error: null, memoryKill: false, witnessed: false };
      resolve(exit ?? { ...unknown, endedAt: Date.now() });
    };
    look();
  });
  return { identity, ended };
}
