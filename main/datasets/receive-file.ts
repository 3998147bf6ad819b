import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type Encoding, watchEncoding } from './encoding.ts';

export type ReceivedFile = { sha256: string; bytes: number; encoding: Encoding };
/** Lets the event loop turn and throws IMPORT_CANCELLED once the import was cancelled. */
export type Pause = () => Promise<void>;

const CHUNK = 4 * 2 ** 20;

/** Size in bytes of a file a person named. FILE_NOT_FOUND, FILE_UNREADABLE, FILE_EMPTY. */
export function fileSize(path: string): number {
  const name = basename(path);
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError('FILE_NOT_FOUND', `There is no file "${name}" there.`, 'Check the path and try again.', {
        cause,
      });
    }
    throw unreadable(name, cause);
  }
  if (!stat.isFile()) {
    throw new AppError(
      'FILE_UNREADABLE',
      `"${name}" is a folder or a device, not a file.`,
      'Choose one CSV or TSV file.',
    );
  }
  if (stat.size === 0)
    throw new AppError('FILE_EMPTY', `"${name}" is empty. Nothing was imported.`, 'Export the table again.');
  return stat.size;
}

/**
 * Copies a file into the vault and learns its SHA-256 and encoding on the way; everything after reads the copy, so that what is
 * hashed is what is parsed. `onBytes` hears how much is done.
 */
export async function receiveFile(
  from: string,
  to: string,
  pause: Pause,
  onBytes: (done: number) => void,
): Promise<ReceivedFile> {
  const name = basename(from);
  const source = openSource(from, name);
  const target = openSync(to, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const watch = watchEncoding(name);
    const buffer = Buffer.allocUnsafe(CHUNK);
    let bytes = 0;
    for (;;) {
      const read = readSync(source, buffer, 0, CHUNK, null);
      if (read === 0) break;
      const chunk = buffer.subarray(0, read);
      hash.update(chunk);
      watch.add(chunk);
      for (let done = 0; done < read; ) done += writeSync(target, chunk, done, read - done);
      bytes += read;
      onBytes(bytes);
      await pause();
    }
    const encoding = watch.decide(true);
    fsyncSync(target);
    return { sha256: hash.digest('hex'), bytes, encoding };
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function openSource(path: string, name: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

function unreadable(name: string, cause: unknown): AppError {
  return new AppError(
    'FILE_UNREADABLE',
    `"${name}" cannot be read.`,
    'Check that you may read the file and that its disk is there.',
    { cause },
  );
}
