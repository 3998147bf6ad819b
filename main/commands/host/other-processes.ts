import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeProgram, nodeProgram } from '../../platform/node-program.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { type JobRecord, readRecord } from '../job-files.ts';

/** How a launcher, or a Wardbook that finds an orphaned command, starts another host for it. */
export function hostProgram(vaultDir: string, id: string): NodeProgram {
  const { program, args } = nodeProgram('workers/command-host');
  return { program, args: [...args, '--vault', vaultDir, '--adopt', id] };
}

/** The command's first process, once it runs; null when the signal aborts before. */
export async function whenJobStarted(folder: string, signal: AbortSignal): Promise<JobRecord | null> {
  while (!signal.aborted) {
    const job = readRecord(folder, 'job');
    if (job !== null) return job;
    await sleep(20);
  }
  return null;
}

/** The process that shows a command's network and environment: its own, or once it has ended its witness. */
export function processOfJob(folder: string, job: JobRecord): number {
  return isAlive(job) ? job.pid : (readRecord(folder, 'witness')?.pid ?? job.pid);
}

/** The means to start a program in the network of a running process, where that is another one than ours. */
export function enterNetworkOf(pid: number): string[] {
  try {
    if (readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync('/proc/self/ns/net')) return [];
  } catch {
    return [];
  }
  const own = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
  return ['nsenter', `--target=${pid}`, '--net', ...own, '--'];
}

/** The environment of a running process, whose values its output must not show; ours where the system keeps it to itself. */
export function jobVariables(pid: number): NodeJS.ProcessEnv {
  const file = `/proc/${pid}/environ`;
  if (!existsSync(file)) return process.env;
  try {
    const pairs = readFileSync(file, 'utf8')
      .split('\0')
      .filter((pair) => pair.includes('='));
    return Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
  } catch {
    return process.env;
  }
}
