import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../../shared/errors.ts';
import type { EngineManifest } from './manifest.ts';

/**
 * Copies the files that the manifest lists, and nothing else, and checks the bytes on their way, so that what is checked is
 * what is kept. Returns when each copy was written. ENGINE_INVALID names the first file that is not as listed.
 */
export async function copyEngine(from: string, to: string, { files }: EngineManifest): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const { path, bytes, sha256 } of files) {
    const source = join(from, path);
    const stat = lstatSync(source, { throwIfNoEntry: false });
    if (!stat?.isFile()) throw wrong(path, 'is not there');
    if (stat.size !== bytes) throw wrong(path, `has ${stat.size} bytes, listed are ${bytes}`);
    const copy = join(to, path);
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(part: Buffer, _, next) {
        hash.update(part);
        next(null, part);
      },
    });
    await pipeline(
      createReadStream(source, { highWaterMark: 1024 * 1024 }),
      hashing,
      createWriteStream(copy, { mode: 0o600, flags: 'wx' }),
    );
    if (hash.digest('hex') !== sha256) throw wrong(path, 'has other bytes than listed');
    chmodSync(copy, 0o600);
    times[path] = lstatSync(copy).mtimeMs;
  }
  return times;
}

function wrong(path: string, how: string): AppError {
  return new AppError(
    'ENGINE_INVALID',
    `The engine was not added: ${path} ${how} in its manifest.`,
    'The folder was changed or copied incompletely; get it anew from whoever built it.',
  );
}
