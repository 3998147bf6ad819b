import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AppError } from '../../../shared/errors.ts';
import type { ImportedFile } from '../../store/imports/imported-run.ts';

/** The files of a session, from its folder or its zip. */
export type Session = {
  bytes: number;
  stamp: string;
  text(name: string): string | null;
  /** A file of its folder `data`, as an artifact; null when there is none, or its name leads out of it. */
  data(name: string): ImportedFile | null;
};

const mostZipBytes = 256 * 2 ** 20;
const mostUnpackedBytes = 1024 * 2 ** 20;
const texts = ['task.json', 'metrics.jsonl', 'log.jsonl'];

/** Null when nothing of a session is there. Throws FILE_UNREADABLE for a zip that cannot be unpacked within limits. */
export function openSession(place: string): Session | null {
  return place.endsWith('.zip') ? openZip(place) : openFolder(place);
}

function openFolder(folder: string): Session | null {
  const sizes = texts.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  if (sizes[0] === 0) return null;
  return {
    bytes: sizes.reduce((sum, size) => sum + size),
    stamp: sizes.join('|'),
    text(name) {
      const info = lstatSync(join(folder, name), { throwIfNoEntry: false });
      return info?.isFile() === true && info.size <= mostZipBytes ? readFileSync(join(folder, name), 'utf8') : null;
    },
    data(name) {
      const root = resolve(folder, 'data') + sep;
      const path = resolve(root, name);
      if (name.includes('\0') || !path.startsWith(root)) return null;
      const found = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
      return found ? { path: path.slice(root.length).split(sep).join('/'), from: path } : null;
    },
  };
}

function openZip(file: string): Session | null {
  const { size, mtimeMs } = statSync(file);
  if (size > mostZipBytes) throw unpackable('it is larger than 256 MB');
  const files = unpack(readFileSync(file));
  if (files['task.json'] === undefined) return null;
  return {
    bytes: size,
    stamp: `${size}:${mtimeMs}`,
    text: (name) => (files[name] === undefined ? null : Buffer.from(files[name]).toString('utf8')),
    data(name) {
      const bytes = name.split('/').includes('..') ? undefined : files[`data/${name}`];
      return bytes === undefined ? null : { path: name, bytes };
    },
  };
}

/** No entry that would unpack to more than is sensible is unpacked at all: its size stands before it. */
function unpack(zip: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(zip, {
      filter({ name, originalSize }) {
        if (!texts.includes(name) && !name.startsWith('data/')) return false;
        total += originalSize;
        if (total > mostUnpackedBytes) throw unpackable('it would unpack to more than 1 GB');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof AppError ? error : unpackable('it is no zip, or damaged');
  }
}

const unpackable = (reason: string): AppError => new AppError('FILE_UNREADABLE', reason);
