import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The script that Chromium runs before any script of a page: the preload script with a `require` that knows `electron` and
 * nothing else, in a function of its own, so that the page sees only what the preload script exposes. Frames inside a page
 * get nothing.
 * @param preload path of the built preload script; the built shim lies beside it
 */
export function initScript(preload: string): string {
  const shim = readFileSync(join(dirname(preload), 'page-shim.js'), 'utf8');
  const code = readFileSync(preload, 'utf8');
  return `(() => {
if (window !== window.top) return;
${shim}
const module = { exports: {} };
const exports = module.exports;
const require = (name) => {
  if (name !== 'electron') throw new Error('a preload script can require electron only');
  return wardbookShim.electron;
};
${code}
})();`;
}
