import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Network calls of a command and everything it starts, as strace saw them: only those that name an internet address family. */
export function internetCalls(
  command: string[],
  env: NodeJS.ProcessEnv = process.env,
): { calls: string[]; status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-strace-'));
  const log = join(folder, 'calls');
  try {
    const run = spawnSync('strace', ['-f', '-qq', '-e', 'trace=network', '-o', log, ...command], {
      encoding: 'utf8',
      env,
      timeout: 240_000,
    });
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => /AF_INET6?\b|PF_INET6?\b/.test(line));
    return { calls, status: run.status, output: `${run.stdout}\n${run.stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why strace cannot be used here, or null when it can. */
export function whyNoTrace(): string | null {
  const run = spawnSync('strace', ['-f', '-qq', '-e', 'trace=network', '-o', '/dev/null', 'true']);
  if (run.error) return 'strace is not installed (Debian’s package strace)';
  return run.status === 0 ? null : 'this system does not let strace attach';
}
