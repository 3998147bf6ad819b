import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Full path of an installed Chromium-family browser, or null. WARDBOOK_CHROMIUM names one that is elsewhere. */
export function findChromium(env = process.env) {
  const candidates = env.WARDBOOK_CHROMIUM
    ? [env.WARDBOOK_CHROMIUM]
    : (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
