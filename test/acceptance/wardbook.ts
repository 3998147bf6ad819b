import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** The built command line. */
export const program = join(root, 'build', 'main', 'cli.js');

/** Sample data beside the project. */
export const sampleData = join(root, '..', 'shared', 'data');
export const whas500 = join(sampleData, 'whas500.csv');
export const hasSampleData = existsSync(whas500);

export type Ended = { status: number | null; stdout: string; stderr: string };
export type Started = {
  pid: number;
  interrupt(): void;
  /** What it has written to stderr so far. */
  said(): string;
  ended: Promise<Ended>;
};

/** Starts the built command line in a process of its own; `wrapper` is what runs it, such as another user. */
export function start(vault: string, args: string[], wrapper: string[] = []): Started {
  const command = [...wrapper, process.execPath, program, '--vault', vault, '--json', ...args];
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return {
    pid: child.pid!,
    interrupt: () => child.kill('SIGINT'),
    said: () => stderr,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve({ status, stdout, stderr }));
    }),
  };
}

/** Runs the command line to its end, whatever that is. */
export const wardbook = (vault: string, ...args: string[]): Promise<Ended> => start(vault, args).ended;

/** The one JSON value of a command. Fails when it ends with another status than 0 or prints anything else on stdout. */
export async function jsonOf<T = Record<string, unknown>>(vault: string, ...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await wardbook(vault, ...args);
  if (status !== 0) throw new Error(`wardbook ${args.join(' ')} ended with ${status}: ${stderr}`);
  return oneJsonValue(stdout) as T;
}

/** Parses a text that must be one line with one JSON value and nothing else. */
export function oneJsonValue(stdout: string): unknown {
  if (!/^[^\n]+\n$/.test(stdout)) throw new Error(`not exactly one line on stdout: ${JSON.stringify(stdout)}`);
  return JSON.parse(stdout);
}
