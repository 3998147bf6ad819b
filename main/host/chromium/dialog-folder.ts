import { readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { FileFilter } from 'electron';

export type FolderView = {
  path: string;
  parent: string | null;
  entries: { name: string; path: string; folder: boolean }[];
};

/** What the dialog shows of one folder: folders first, then the files that pass the filter; nothing hidden. */
export function listFolder(path: string, filter: FileFilter | undefined, foldersOnly: boolean): FolderView {
  const folder = resolve(path);
  const extensions = new Set(filter?.extensions.map((extension) => extension.toLowerCase()));
  const wanted = (name: string) =>
    extensions.size === 0 || extensions.has('*') || extensions.has(extname(name).slice(1).toLowerCase());
  const entries = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ name, path: join(folder, name), folder: isFolder(join(folder, name)) }))
    .filter((entry) => entry.folder || (!foldersOnly && wanted(entry.name)))
    .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name));
  const parent = dirname(folder);
  return { path: folder, parent: parent === folder ? null : parent, entries };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
