import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

/** Runs the command line from source, in a process of its own, on the vault in `dir`. */
export function runCli(dir: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--vault', dir, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The one JSON value that a command prints with `--json`; fails the test when it ends with another status than 0. */
export function cliJson(dir: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = runCli(dir, ...args, '--json');
  if (status !== 0) throw new Error(`wardbook ${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
