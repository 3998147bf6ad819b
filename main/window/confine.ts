import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * The file that a page's address names, or null when it names none inside `root` [E3]. The path is decoded once and refused
 * when anything is still encoded, taken apart by segment, and checked again after links are followed.
 * @param root folder that is served
 * @param pathname path of the address, percent-encoded, starting with a slash
 */
export function confine(root: string, pathname: string): string | null {
  const decoded = decodeOnce(pathname);
  if (decoded === null || !decoded.startsWith('/') || !isPlain(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null;
  try {
    const base = realpathSync(root);
    const file = realpathSync(join(base, ...segments));
    const inside = relative(base, file);
    if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return null;
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

function decodeOnce(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** Without what means something else on some system: backslash, drive colon, a second encoding, control characters. */
function isPlain(path: string): boolean {
  return [...path].every((character) => !'\\:%'.includes(character) && character >= ' ' && character !== '\u007f');
}
