import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';

export type Log = (what: string, error: unknown) => void;

const largestBytes = 1024 * 1024;

/**
 * The local log: causes of errors that a person is told of in other words. It stays in the vault, is 0600, is rotated at 1 MiB
 * and never part of an export. Of an error it keeps the kind and where it happened, not its text, which may hold a value of a
 * record; folders of this computer are replaced (PRIVACY E25).
 */
export function createLog(file: string, folders: Record<string, string>): Log {
  const hide = Object.entries({ ...folders, '~': homedir() })
    .filter(([, folder]) => folder.length > 1)
    .sort(([, a], [, b]) => b.length - a.length);
  return (what, error) => {
    const text = hide.reduce((line, [name, folder]) => line.replaceAll(folder, name), `${what}: ${describe(error)}`);
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
    } catch {
      // Where the log cannot be written, there is nowhere to say so.
    }
  };
}

function describe(error: unknown): string {
  if (typeof error === 'string') return places(error);
  if (!(error instanceof Error)) return typeof error;
  const code = (error as NodeJS.ErrnoException).code;
  const cause = error.cause === undefined ? '' : `\n  caused by ${describe(error.cause)}`;
  return `${error.name}${code === undefined ? '' : ` ${code}`}${places(error.stack ?? '')}${cause}`;
}

/** The lines of a stack that say where. */
function places(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `\n${line}`)
    .join('');
}
