import { createHash } from 'node:crypto';
import { createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import type { Registration } from './registration.ts';

/**
 * ENGINE_INVALID unless every file of an added engine is the one that was added. A file with the size and time it had then is
 * taken as unchanged, unless `everyByte` is asked for; any other is hashed.
 */
export async function checkFiles(folder: string, kept: Registration, everyByte: boolean): Promise<void> {
  for (const { path, bytes, sha256 } of kept.manifest.files) {
    const file = join(folder, path);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile()) throw changed(kept, path, 'is missing');
    if (stat.size !== bytes) throw changed(kept, path, 'has another size than when it was added');
    if (!everyByte && stat.mtimeMs === kept.times[path]) continue;
    if ((await hashFile(file)) !== sha256) throw changed(kept, path, 'has other bytes than when it was added');
  }
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer);
  return hash.digest('hex');
}

function changed({ id }: Registration, path: string, how: string): AppError {
  return new AppError(
    'ENGINE_INVALID',
    `The engine ${id} is not used: its file ${path} ${how}.`,
    `Add it again from its folder, or take it away with wardbook engines remove ${id}.`,
  );
}
