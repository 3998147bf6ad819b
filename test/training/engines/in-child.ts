import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs a script of this folder in a process of its own, which a broken driver or library may take down, and reads its JSON. */
export function inChild<T>(script: string, args: string[], env: NodeJS.ProcessEnv = process.env): T {
  const file = join(import.meta.dirname, script);
  const run = spawnSync(process.execPath, [file, ...args], { env, encoding: 'utf8', timeout: 200_000 });
  if (run.status === 0) return JSON.parse(run.stdout) as T;
  throw new Error(`${script} ${args.join(' ')} ended with ${run.signal ?? run.status}: ${run.stderr.slice(-800)}`);
}
