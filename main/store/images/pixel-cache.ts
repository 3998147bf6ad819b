import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../platform/ids.ts';
import { makePrivateFolder } from '../files.ts';
import { storeError } from '../store-error.ts';
import { trimCache } from './trim-cache.ts';

/** What decides the bytes of a cached set of squares. */
export type PixelsKey = { blob: string; rows: Int32Array; white: number; size: number; channels: 1 | 3 };
export type CachedPixels = { copy(slot: number, into: Uint8Array, at: number): void; close(): void };

/** Raise it when the bytes of a square change for the same image. */
const METHOD = 1;
const HEAD_BYTES = 64;
const magic = Buffer.from('wardbook pixels\n', 'latin1');
/** Larger sets are read from the file as they are asked for. */
const HELD_BYTES = 2 ** 29;

const folderOf = (vaultDir: string): string => join(vaultDir, 'cache', 'pixels');

function nameOf({ blob, rows, white, size, channels }: PixelsKey): string {
  const facts = JSON.stringify([METHOD, blob, white, size, channels, rows.length]);
  const hash = createHash('sha256')
    .update(facts)
    .update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
  return `${hash.digest('hex')}.bin`;
}

const bytesOf = ({ rows, size, channels }: PixelsKey): number => rows.length * size * size * channels;

/**
 * Opens the kept squares of a key; null when there are none, or the file is not whole (it is then removed). A set that is held in
 * memory is checked against its SHA-256, a larger one by its head and length.
 */
export function openCache(vaultDir: string, key: PixelsKey): CachedPixels | null {
  const path = join(folderOf(vaultDir), nameOf(key));
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  const found = check(file, key);
  if (found === null) {
    closeSync(file);
    rmSync(path, { force: true });
    return null;
  }
  const now = new Date();
  utimesSync(path, now, now);
  return found;
}

function check(file: number, key: PixelsKey): CachedPixels | null {
  const bytes = bytesOf(key);
  const head = Buffer.alloc(HEAD_BYTES);
  if (fstatSync(file).size !== HEAD_BYTES + bytes || readSync(file, head, 0, HEAD_BYTES, 0) !== HEAD_BYTES) return null;
  if (!head.subarray(0, magic.length).equals(magic)) return null;
  if (bytes > HELD_BYTES) return readFrom(file, key);
  const held = new Uint8Array(bytes);
  if (readWhole(file, held) !== bytes) return null;
  const sha256 = createHash('sha256').update(held).digest();
  if (!head.subarray(magic.length, magic.length + 32).equals(sha256)) return null;
  closeSync(file);
  return holding(held, key);
}

function readWhole(file: number, into: Uint8Array): number {
  let done = 0;
  while (done < into.length) {
    const read = readSync(file, into, done, into.length - done, HEAD_BYTES + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

function holding(held: Uint8Array, { size, channels }: PixelsKey): CachedPixels {
  const each = size * size * channels;
  return { copy: (slot, into, at) => into.set(held.subarray(slot * each, (slot + 1) * each), at), close: () => {} };
}

function readFrom(file: number, { size, channels }: PixelsKey): CachedPixels {
  const each = size * size * channels;
  return {
    copy(slot, into, at) {
      readSync(file, into, at, each, HEAD_BYTES + slot * each);
    },
    close: () => closeSync(file),
  };
}

/** Keeps the squares that `batches` gives in order: written beside, then renamed, so that a cut-off file is never found. */
export async function writeCache(
  vaultDir: string,
  key: PixelsKey,
  batches: AsyncIterable<Uint8Array>,
): Promise<CachedPixels> {
  const folder = folderOf(vaultDir);
  makePrivateFolder(join(vaultDir, 'cache'));
  makePrivateFolder(folder);
  trimCache(folder, bytesOf(key));
  const path = join(folder, nameOf(key));
  const temporary = `${path}.${newId()}.part`;
  try {
    await writeFile(temporary, batches);
    renameSync(temporary, path);
  } catch (error) {
    throw storeError(error, vaultDir);
  } finally {
    rmSync(temporary, { force: true });
  }
  const opened = openCache(vaultDir, key);
  if (opened === null) throw new Error('the squares that were just written cannot be read');
  return opened;
}

async function writeFile(path: string, batches: AsyncIterable<Uint8Array>): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let at = HEAD_BYTES;
    for await (const bytes of batches) {
      hash.update(bytes);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
      at += bytes.length;
    }
    const head = Buffer.alloc(HEAD_BYTES);
    magic.copy(head);
    hash.digest().copy(head, magic.length);
    writeSync(file, head, 0, HEAD_BYTES, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
