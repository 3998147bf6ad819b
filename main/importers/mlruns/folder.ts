import { createHash, type Hash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../importer.ts';

/** Entries of a folder by name; none when it is not there. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

export const foldersIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Each file below a folder as `key → whole path`; a key with slashes is folders. Windows writes its own slash into none. */
export function filesByKey(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (place: string, key: string): void => {
    for (const entry of entriesOf(place)) {
      const name = key === '' ? entry.name : `${key}/${entry.name}`;
      if (entry.isDirectory()) visit(join(place, entry.name), name);
      else if (entry.isFile()) found.set(name, join(place, entry.name));
    }
  };
  visit(folder, '');
  return found;
}

/** Values of params or tags: the whole file is the value. */
export function valuesIn(folder: string): Record<string, string> {
  const values = [...filesByKey(folder)].map(([key, file]): [string, string] => [key, readFileSync(file, 'utf8')]);
  return Object.fromEntries(values);
}

/** What a folder looks like now (names, sizes and times of all files), and its bytes. */
export async function stampOf(folders: readonly string[], reading: Reading): Promise<{ stamp: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const folder of folders) bytes += await addFolder(hash, folder, reading, { seen: 0 });
  return { stamp: hash.digest('hex').slice(0, 32), bytes };
}

async function addFolder(hash: Hash, folder: string, reading: Reading, count: { seen: number }): Promise<number> {
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      hash.update(`${entry.name}/`);
      bytes += await addFolder(hash, path, reading, count);
    } else if (entry.isFile()) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      hash.update(`${entry.name} ${stat.size} ${stat.mtimeMs}\n`);
      bytes += stat.size;
    }
    count.seen += 1;
    if (count.seen % 512 === 0) await reading.pause();
  }
  return bytes;
}
