import { spawn } from 'node:child_process';
import { isAlive, machineRestartedSince } from '../platform/process-identity.ts';
import { adoptCommand, endCommandRun, orphanedCommands } from '../store/commands.ts';
import type { Vault } from '../store/vault.ts';
import { findExit } from './find-exit.ts';
import { findTraceback } from './host/find-traceback.ts';
import { judgeEnd } from './host/judge-end.ts';
import { hostProgram } from './host/other-processes.ts';
import { hasSpool, jobFolder, logFile, readRecord, removeJobFolder } from './job-files.ts';

/** When each orphan was given a new host last, in ms since 1970: it may take a moment, or fail. */
const givenAt = new Map<string, number>();
const againMs = 10_000;

/**
 * Sees to commands whose host is gone: one that has ended gets its end in the record now; one that runs, or has told what is not
 * stored yet, gets a new host, which goes on where the old one stopped. Returns the runs that have got one. Cheap when there
 * is no orphan. Call after `recoverRuns`.
 */
export function settleOrphans(vault: Vault): string[] {
  return orphanedCommands(vault.db).filter((id) => {
    const folder = jobFolder(vault.dir, id);
    const launcher = readRecord(folder, 'launcher');
    const job = readRecord(folder, 'job');
    const lives = [launcher, job, readRecord(folder, 'witness')].some((one) => one !== null && isAlive(one));
    if (lives || hasSpool(folder)) return giveHost(vault, id);
    if (!adoptCommand(vault.db, vault.writerId, id)) return false;
    const exit = findExit(folder);
    const restarted = exit === null && launcher !== null && machineRestartedSince(launcher);
    const traceback = exit?.code === 0 ? null : findTraceback(logFile(vault.dir, id));
    endCommandRun(vault.db, id, judgeEnd({ exit, stopReason: null, restarted, begun: job !== null, traceback }));
    removeJobFolder(vault.dir, id);
    return false;
  });
}

function giveHost(vault: Vault, id: string): boolean {
  if (Date.now() - (givenAt.get(id) ?? 0) < againMs) return false;
  givenAt.set(id, Date.now());
  const { program, args } = hostProgram(vault.dir, id);
  spawn(program, args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
  return true;
}
