import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { SkippedSource } from '../../shared/model/run-import.ts';

/** A file of a source; `shown` is its path below the chosen one. */
export type SourceFile = {
  path: string;
  shown: string;
  bytes: number;
  mtimeMs: number;
  /** When the file was made, in whole ms: it stays the same while the file grows. */
  madeAt: number;
};

/**
 * Every file below a path whose name is wanted, by name; a path that is a file is taken as it is. Links are not followed.
 * Throws FILE_NOT_FOUND.
 */
export async function findFiles(
  root: string,
  wanted: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<{ files: SourceFile[]; skipped: SkippedSource[] }> {
  const top = resolve(root);
  const info = await stat(top).catch(() => null);
  if (info === null) {
    throw new AppError('FILE_NOT_FOUND', `There is no file or folder ${root}.`, 'Check the path.');
  }
  const describe = async (path: string): Promise<SourceFile> => {
    const { size, mtimeMs, birthtimeMs } = await stat(path);
    const madeAt = Math.floor(birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs);
    return { path, shown: path === top ? basename(path) : relative(top, path), bytes: size, mtimeMs, madeAt };
  };
  if (!info.isDirectory()) return { files: [await describe(top)], skipped: [] };
  const files: SourceFile[] = [];
  const skipped: SkippedSource[] = [];
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await pause();
    const at = folder;
    let entries: Dirent[];
    try {
      entries = (await readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      skipped.push({ path: relative(top, at) || '.', reason: 'this folder cannot be read by this user' });
      continue;
    }
    for (const entry of entries)
      if (entry.isFile() && wanted(entry.name)) files.push(await describe(join(at, entry.name)));
    waiting.push(
      ...entries
        .filter((entry) => entry.isDirectory())
        .reverse()
        .map((entry) => join(at, entry.name)),
    );
  }
  return { files, skipped };
}

/** The name of the study when the source has none: that of the chosen folder. */
export function studyOf(root: string): string {
  const top = resolve(root);
  const name = /\.[a-z]+$/i.test(basename(top)) ? basename(dirname(top)) : basename(top);
  return name.slice(0, 200) || 'Imported';
}
