import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'counted-namespace.sh');

export type Counted = { packets: number; loopback: number; status: number; output: string };

/** Runs a command where every packet that leaves is counted. Throws when the namespace itself cannot be made. */
export function runCounted(command: string[], env: NodeJS.ProcessEnv = process.env, timeout = 120_000): Counted {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-netns-'));
  const result = join(folder, 'result');
  try {
    const run = spawnSync('unshare', ['-rn', script, result, ...command], { encoding: 'utf8', env, timeout });
    const [packets, loopback, status] = readFileSync(result, 'utf8').trim().split(' ').map(Number);
    return { packets: packets!, loopback: loopback!, status: status!, output: `${run.stdout}\n${run.stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why counted namespaces cannot be used here, or null when they can. */
export function whyNoNamespace(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux only';
  try {
    runCounted(['true'], process.env, 10_000);
    return null;
  } catch {
    return 'this kernel or user may not make network namespaces (needs unshare and ip)';
  }
}
