import { createHash } from 'node:crypto';
import { createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Registration } from './registration.ts';

/**
 * How the files of an added engine differ from those that were added (`its file x.so is missing`), or null. A file with the size
 * and time it had then is taken as unchanged, unless `everyByte` is asked for; any other is hashed.
 */
export async function faultIn(folder: string, kept: Registration, everyByte: boolean): Promise<string | null> {
  for (const { path, bytes, sha256 } of kept.manifest.files) {
    const file = join(folder, path);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile()) return `its file ${path} is missing`;
    if (stat.size !== bytes) return `its file ${path} has another size than when it was added`;
    if (!everyByte && stat.mtimeMs === kept.times[path]) continue;
    if ((await hashFile(file)) !== sha256) return `its file ${path} has other bytes than when it was added`;
  }
  return null;
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(part as Buffer);
  return hash.digest('hex');
}
