import { createHash } from 'node:crypto';
import { closeSync, type Dirent, openSync, readSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';

export type EventFile = { path: string; bytes: number; mtimeMs: number };
/** A folder with event files, which is a run; files in the order of their names, which begin with the time they were made. */
export type RunFolder = { path: string; files: EventFile[] };

/** Every folder with event files below a path, in the order of their names. Throws FILE_NOT_FOUND. */
export async function findFolders(
  root: string,
  pause: () => Promise<void>,
): Promise<{ folders: RunFolder[]; skipped: SkippedSource[] }> {
  if ((await stat(root).catch(() => null))?.isDirectory() !== true) {
    throw new AppError('FILE_NOT_FOUND', `${root} is no folder.`, 'Name the folder that holds the event files.');
  }
  const folders: RunFolder[] = [];
  const skipped: SkippedSource[] = [];
  const waiting = [resolve(root)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await pause();
    const at = folder;
    const shown = relative(resolve(root), at) || '.';
    let entries: Dirent[];
    try {
      entries = (await readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      skipped.push({ path: shown, reason: 'this folder cannot be read by this user' });
      continue;
    }
    const files: EventFile[] = [];
    for (const entry of entries) {
      if (entry.isFile() && isEventFile(entry.name)) {
        const path = join(at, entry.name);
        const { size, mtimeMs } = await stat(path);
        files.push({ path, bytes: size, mtimeMs });
      } else if (entry.isSymbolicLink() && isEventFile(entry.name)) {
        skipped.push({ path: join(shown, entry.name), reason: 'a link; links are not followed' });
      }
    }
    waiting.push(
      ...entries
        .filter((entry) => entry.isDirectory())
        .reverse()
        .map((entry) => join(at, entry.name)),
    );
    if (files.length > 0) folders.push({ path: at, files });
  }
  return { folders, skipped };
}

const isEventFile = (name: string): boolean => name.includes('tfevents') && !name.endsWith('.profile-empty');

const firstRecordBytes = 256;

/**
 * Names a run for good: the name of its first file holds time, host, process and a counter, and the first record the time to
 * the microsecond. A folder that was moved is the same run; one that was emptied and used again is another. Null while no file
 * has a first record.
 */
export function runKeyOf({ files }: RunFolder): string | null {
  const first = files.find((file) => file.bytes > 16);
  if (first === undefined) return null;
  const head = Buffer.alloc(Math.min(firstRecordBytes, first.bytes));
  const handle = openSync(first.path, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  const end = 16 + Number(head.readBigUInt64LE(0));
  const hash = createHash('sha256').update(basename(first.path));
  return hash.update(head.subarray(0, Math.min(end, head.length))).digest('hex');
}

export const stampOf = ({ files }: RunFolder): string =>
  files.map(({ path, bytes }) => `${basename(path)}:${bytes}`).join('|');
