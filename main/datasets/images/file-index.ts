import type { FoundFile } from './list-files.ts';

/** Finds the file that a cell of a labels table names. */
export type FileIndex = {
  /** Path from the root; null when no file, or not exactly one, fits. */
  find(cell: string): string | null;
};

/**
 * A name is looked for as a path from the table's folder, from the root and below `images/`; then the same without regard to case
 * and to a missing extension; then, when it holds no folder, anywhere below the root if only one file is called so.
 */
export function indexFiles(files: FoundFile[], tableFolder: string): FileIndex {
  const exact = new Set(files.map(({ path }) => path));
  const loose = groupBy(files, ({ path }) => path.toLowerCase());
  const stems = groupBy(files, ({ path }) => withoutExtension(path).toLowerCase());
  const names = groupBy(files, ({ path }) => lastName(path).toLowerCase());
  const nameStems = groupBy(files, ({ path }) => withoutExtension(lastName(path)).toLowerCase());
  const prefixes = [
    ...new Set([
      tableFolder === '' ? '' : `${tableFolder}/`,
      '',
      'images/',
      tableFolder === '' ? 'images/' : `${tableFolder}/images/`,
    ]),
  ];
  const only = (group: string[] | undefined): string | null => (group?.length === 1 ? group[0]! : null);
  return {
    find(cell) {
      const name = plainPath(cell);
      if (name === null) return null;
      for (const prefix of prefixes) if (exact.has(prefix + name)) return prefix + name;
      const folded = name.toLowerCase();
      for (const prefix of prefixes) {
        const found = only(loose.get(prefix + folded)) ?? only(stems.get(prefix + folded));
        if (found !== null) return found;
      }
      return name.includes('/') ? null : (only(names.get(folded)) ?? only(nameStems.get(folded)));
    },
  };
}

/** With `/` between names and without `./`; null for an empty cell and for a path that leaves the folder. */
function plainPath(cell: string): string | null {
  const parts = cell
    .trim()
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '.');
  if (parts.length === 0 || parts.some((part) => part === '' || part === '..')) return null;
  return parts.join('/');
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const withoutExtension = (path: string): string => path.replace(/\.[A-Za-z0-9]{1,5}$/, '');

function groupBy(files: FoundFile[], key: (file: FoundFile) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const group = groups.get(key(file));
    if (group === undefined) groups.set(key(file), [file.path]);
    else group.push(file.path);
  }
  return groups;
}
