import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type Major = 2 | 3;

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * A Python with the newest `mlflow` of this major: the one that WARDBOOK_MLFLOW2 or WARDBOOK_MLFLOW3 names, or the one that
 * `node tools/python-clients.mjs` made in build/; null when there is neither.
 */
export function clientPython(major: Major): string | null {
  const named = process.env[`WARDBOOK_MLFLOW${major}`];
  if (named) return named;
  const folder = join(root, 'build', `mlflow-${major}`);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  return existsSync(join(folder, 'complete')) && existsSync(python) ? python : null;
}
