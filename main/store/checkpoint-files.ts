import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointRef } from '../../shared/model/run.ts';
import { runFolder } from './log.ts';

/** `runs/<id>/checkpoints/`: `<fit>.<epoch>.checkpoint` while a fit goes on, `<fit>.fitted` once it has ended. */
export const checkpointsFolder = (dir: string, uid: string): string => join(runFolder(dir, uid), 'checkpoints');

export const checkpointFile = (fit: string, epoch: number | null): string =>
  epoch === null ? `${encodeURIComponent(fit)}.fitted` : `${encodeURIComponent(fit)}.${epoch}.checkpoint`;

export type CheckpointFile = CheckpointRef & { path: string };

/** What a run has kept to go on from, the newest first; empty when it has none. */
export function listCheckpoints(dir: string, uid: string): CheckpointFile[] {
  const folder = checkpointsFolder(dir, uid);
  return names(folder)
    .flatMap((name): CheckpointFile[] => {
      const [, fit, epoch] = /^(.+?)\.(?:(\d+)\.checkpoint|fitted)$/.exec(name) ?? [];
      if (fit === undefined) return [];
      const path = join(folder, name);
      const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      if (at === undefined) return [];
      return [{ fit: decodeURIComponent(fit), epoch: epoch === undefined ? null : Number(epoch), at, path }];
    })
    .sort((a, b) => b.at - a.at || (b.epoch ?? Number.POSITIVE_INFINITY) - (a.epoch ?? Number.POSITIVE_INFINITY));
}

/** Where a run would go on from; null: from the beginning. */
export function newestCheckpoint(dir: string, uid: string): CheckpointRef | null {
  const newest = listCheckpoints(dir, uid)[0];
  return newest === undefined ? null : { fit: newest.fit, epoch: newest.epoch, at: Math.round(newest.at) };
}

/** A run that has finished needs none: its model is among its artifacts. */
export function removeCheckpoints(dir: string, uid: string): void {
  rmSync(checkpointsFolder(dir, uid), { recursive: true, force: true });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
