import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** What would open the window here, or null with the way to get it. */
export type FoundHost = { id: 'electron' | 'chromium' | null; reason: string };

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Electron's runtime beside this program, otherwise an installed Chromium; for `doctor`, which opens nothing. */
export function findHost(env: NodeJS.ProcessEnv = process.env): FoundHost {
  if (process.versions['electron'] !== undefined || electronIsThere())
    return { id: 'electron', reason: 'its runtime is installed' };
  const named = env['WARDBOOK_CHROMIUM'];
  const places = named
    ? [named]
    : (env['PATH'] ?? '').split(delimiter).flatMap((folder) => browsers.map((name) => join(folder, name)));
  const found = places.find(isProgram);
  if (found !== undefined) return { id: 'chromium', reason: 'Electron’s runtime is not installed; a Chromium is' };
  return {
    id: null,
    reason:
      'neither Electron’s runtime nor a Chromium is installed: install Chromium (Debian: apt install chromium), or name one with WARDBOOK_CHROMIUM. The command line needs neither',
  };
}

function electronIsThere(): boolean {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    return isProgram(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim()));
  } catch {
    return false;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
