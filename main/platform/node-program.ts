import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryUrl } from './entry.ts';

/** A program file and its first arguments. */
export type NodeProgram = { program: string; args: string[] };

/**
 * How an entry runs in a process that outlives this one: on this very Node, or, in Electron, whose own binary must not run
 * scripts (PRIVACY E11), on the Node that came with the app.
 */
export function nodeProgram(entry: `${string}/${string}`): NodeProgram {
  const file = fileURLToPath(entryUrl(entry));
  if (process.versions['electron'] === undefined) return { program: process.execPath, args: [file] };
  const { resourcesPath } = process as { resourcesPath?: string };
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(resourcesPath ?? '', 'cli', 'bin', name);
  if (existsSync(packaged)) {
    return {
      program: packaged,
      args: [join(resourcesPath ?? '', 'cli', 'main', file.slice(dirname(file).length + 1))],
    };
  }
  return {
    program: join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', name),
    args: [file],
  };
}
