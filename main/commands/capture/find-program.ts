import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** The file that a command's first word names, as the system would look for it; null when there is none that may be run. */
export function findProgram(name: string, folder: string, env: NodeJS.ProcessEnv): string | null {
  const endings = process.platform === 'win32' ? ['', ...(env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  const isPath = isAbsolute(name) || name.includes('/') || (process.platform === 'win32' && name.includes('\\'));
  const places = isPath
    ? [resolve(folder, name)]
    : (env['PATH'] ?? '').split(delimiter).map((at) => join(resolve(folder, at), name));
  const files = places.flatMap((place) => endings.map((ending) => place + ending));
  return files.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
