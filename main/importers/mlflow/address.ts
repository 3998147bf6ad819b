/** Ids of models that runs log. */
export const loggedModelId = /^m-[0-9a-f]{32}$/;

/** What an address of MLflow names: the artifacts of a run, or of a logged model, below a path of theirs. */
export type Place = { run: string | null; loggedModel: string | null; path: string };

/**
 * Reads an address for the run or the logged model that it ends in, and never for where on a disk that is: `runs:/RUN/PATH`,
 * `models:/m-ID`, or any address with `RUN/artifacts/PATH` or `models/m-ID/artifacts/PATH` in it. Null for anything else, for a
 * path that could lead out, and for another run than the one it should be of.
 */
export function placeOf(address: string, run: string | null): Place | null {
  const plain = decoded(address.replaceAll('\\', '/'));
  const parts = plain
    .replace(/^[a-z][a-z0-9+.-]*:/i, '')
    .split('/')
    .filter((part) => part !== '');
  if (parts.some((part) => part === '.' || part === '..' || part.includes('\0'))) return null;
  const [first, ...rest] = parts;
  const path = rest.join('/');
  if (/^models:\//.test(plain) && first !== undefined && loggedModelId.test(first))
    return { run: null, loggedModel: first, path };
  if (/^runs:\//.test(plain) && first !== undefined) return ofRun(first, run, path);
  const at = parts.findIndex(
    (part, index) => part === 'artifacts' && index > 0 && (parts[index - 1] === run || isId(parts[index - 1]!)),
  );
  if (at < 0) return null;
  const owner = parts[at - 1]!;
  const below = parts.slice(at + 1).join('/');
  if (loggedModelId.test(owner)) return { run: null, loggedModel: owner, path: below };
  return ofRun(owner, run, below);
}

const isId = (part: string): boolean => loggedModelId.test(part) || /^[0-9a-f]{32}$/.test(part);

const ofRun = (named: string, run: string | null, path: string): Place | null =>
  run === null || named === run ? { run: named, loggedModel: null, path } : null;

/** Only `file:` addresses are encoded. */
export function decoded(address: string): string {
  if (!address.startsWith('file:')) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
