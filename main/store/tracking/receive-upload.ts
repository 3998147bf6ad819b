import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../platform/ids.ts';
import { makePrivateFolder } from '../files.ts';
import { storeError } from '../store-error.ts';

/** A whole file that waits outside of every run, in `incoming/` of the vault. */
export type Upload = { file: string; bytes: number; sha256: string };

const incomingFolder = (dir: string): string => join(dir, 'incoming');
const abandonedMs = 24 * 3_600_000;

/**
 * Writes what comes to a file of its own (0600), a piece at a time, and hashes it on the way. `onBytes` is told of every piece
 * before it is written, and what it throws ends the upload. `durable` waits for the disk. Whatever fails leaves no file. Throws
 * DISK_FULL or VAULT_READ_ONLY.
 */
export async function receiveUpload(
  dir: string,
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
  durable: boolean,
): Promise<Upload> {
  const file = join(incomingFolder(dir), newId());
  const hash = createHash('sha256');
  let bytes = 0;
  let handle: FileHandle | null = null;
  try {
    handle = await ofStore(dir, async () => {
      makePrivateFolder(incomingFolder(dir));
      return open(file, 'wx', 0o600);
    });
    for await (const piece of pieces) {
      onBytes(piece.length);
      hash.update(piece);
      bytes += piece.length;
      await ofStore(dir, () => writeAll(handle!, piece));
    }
    if (durable) await ofStore(dir, () => handle!.sync());
    await handle.close();
  } catch (error) {
    await handle?.close().catch(() => undefined);
    rmSync(file, { force: true });
    throw error;
  }
  return { file, bytes, sha256: hash.digest('hex') };
}

async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
}

async function ofStore<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error, dir);
  }
}

/** Takes away what processes left that died while they received. Another process may be receiving, so only old files go. */
export function removeAbandonedUploads(dir: string): void {
  let names: string[];
  try {
    names = readdirSync(incomingFolder(dir));
  } catch {
    return;
  }
  for (const name of names) {
    const file = join(incomingFolder(dir), name);
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (changed !== undefined && Date.now() - changed > abandonedMs) rmSync(file, { force: true });
  }
}
