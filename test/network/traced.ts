import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Which processes count, by the program they run and its arguments as strace prints them. What a process starts counts as it
 * does, until it runs another program.
 */
export type Watched = { ours: RegExp; others: RegExp };

export type Traced = {
  /** Calls that name an internet address family. */
  calls: string[];
  /** The command lines of the processes that counted. */
  programs: string[];
  status: number | null;
  output: string;
};

const processCalls = 'execve,clone,clone3,fork,vfork';

/** Network calls of a command and everything it starts, as strace saw them. */
export function internetCalls(command: string[], env: NodeJS.ProcessEnv = process.env, only?: Watched): Traced {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-strace-'));
  const log = join(folder, 'calls');
  // A browser sends so many messages to itself that only the calls which name an address are watched with one about.
  const names = only ? `socket,connect,bind,listen,sendto,${processCalls}` : `network,${processCalls}`;
  try {
    const options = ['-f', '--seccomp-bpf', '-qq', '-s', '256', '-e', `trace=${names}`, '-o', log];
    const run = spawnSync('strace', [...options, ...command], { encoding: 'utf8', env, timeout: 240_000 });
    const lines = readFileSync(log, 'utf8').split('\n');
    return { ...sift(lines, only), status: run.status, output: `${run.stdout}\n${run.stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Follows who started whom: each line of the log begins with the id of the thread that made the call. */
function sift(lines: readonly string[], only: Watched | undefined): Pick<Traced, 'calls' | 'programs'> {
  const counts = new Map<string, boolean>();
  const calls: string[] = [];
  const programs: string[] = [];
  for (const line of lines) {
    const thread = /^\d+/.exec(line)?.[0];
    if (thread === undefined) continue;
    const child = /\b(?:clone3?|v?fork)(?:\(| resumed).*= (\d+)$/.exec(line)?.[1];
    if (child !== undefined && !counts.has(child)) counts.set(child, counts.get(thread) ?? only === undefined);
    const program = /execve\((.*)/.exec(line)?.[1];
    if (program !== undefined && only) {
      if (only.ours.test(program)) counts.set(thread, true);
      else if (only.others.test(program)) counts.set(thread, false);
    }
    const own = counts.get(thread) ?? only === undefined;
    if (own && program !== undefined) programs.push(program);
    if (own && program === undefined && /\b[AP]F_INET6?\b/.test(line)) calls.push(line);
  }
  return { calls, programs };
}

/** Why strace cannot be used here, or null when it can. */
export function whyNoTrace(): string | null {
  const run = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-e', 'trace=network', '-o', '/dev/null', 'true']);
  if (run.error) return 'strace is not installed (Debian’s package strace)';
  return run.status === 0 ? null : 'this system does not let strace attach';
}
