import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { appVersion } from '../platform/version.ts';
import { artifactFile } from '../store/artifact-files.ts';
import type { ReadableVault } from '../store/vault.ts';
import { copyPrivately } from './copy-file.ts';
import { internalMark, readmeText } from './readme.ts';
import { addDone, type CopyWatch, demandWanted } from './watch.ts';
import type { CopyWish } from './wish.ts';
import { writeRun } from './write-run.ts';

/**
 * Writes runs as open files into a new folder below `outDir` (0700, files 0600), whose name and README begin with INTERNAL. The
 * folder appears when it is complete. Throws OUTPUT_UNWRITABLE, RUN_NOT_FOUND,
 * ARTIFACT_NOT_FOUND, DISK_FULL, or CANCELLED, and leaves nothing then.
 */
export async function copyRuns(vault: ReadableVault, wish: CopyWish): Promise<{ folder: string; files: string[] }> {
  const folder = freeFolder(resolve(wish.outDir));
  const part = `${folder}.${newId().slice(0, 8)}.part`;
  try {
    attempt(wish.outDir, () => mkdirSync(part, { recursive: true, mode: 0o700 }));
    const listed =
      wish.artifact === null ? await wholeRuns(vault, wish, part) : await oneFile(vault, wish, part, wish.artifact);
    put(
      part,
      'copy.json',
      `${JSON.stringify({ internal: true, notice: internalMark, wardbook: appVersion, files: listed }, null, 2)}\n`,
    );
    put(part, 'README.md', readmeText(wish));
    attempt(wish.outDir, () => renameSync(part, folder));
    return { folder, files: ['README.md', 'copy.json', ...listed.map(({ path }) => path)] };
  } catch (error) {
    throw diskError(error, wish.outDir);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

type Listed = { path: string; bytes: number; sha256: string };

async function wholeRuns(vault: ReadableVault, { ids, format, watch }: CopyWish, part: string): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const id of ids) {
    const own = await writeRun(vault, id, join(part, 'runs', id), format, () => demandWanted(watch, nothingLeft));
    for (const file of own) listed.push(await listFile(part, file, watch));
    addDone(watch, { runs: 1 });
    await nextTurn();
  }
  return listed;
}

async function oneFile(vault: ReadableVault, wish: CopyWish, part: string, path: string): Promise<Listed[]> {
  const file = join(part, `INTERNAL-${path.split('/').at(-1)!}`);
  copyPrivately(artifactFile(vault, wish.ids[0]!, path), file);
  return [await listFile(part, file, wish.watch)];
}

const nothingLeft = 'Nothing was left in the folder.';

/** `INTERNAL-wardbook-20261124-081500`, with a number when two copies are made in one second. */
function freeFolder(outDir: string): string {
  const now = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const name = join(outDir, `INTERNAL-wardbook-${now}`);
  for (let n = 1; ; n++) {
    const folder = n === 1 ? name : `${name}-${n}`;
    if (!existsSync(folder)) return folder;
  }
}

function put(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
}

/** Piece by piece: an artifact may be larger than memory, and a person may not want to wait for its end. */
async function listFile(part: string, file: string, watch: CopyWatch | undefined): Promise<Listed> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    demandWanted(watch, nothingLeft);
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
    addDone(watch, { bytes: (piece as Buffer).length });
  }
  return { path: relative(part, file).replaceAll('\\', '/'), bytes, sha256: hash.digest('hex') };
}

function attempt(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw diskError(error, folder);
  }
}

function diskError(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof AppError) return error;
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return new AppError(
      'DISK_FULL',
      `The disk of ${folder} is full. Nothing was left there.`,
      'Make room, or choose another folder.',
    );
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST', 'ENAMETOOLONG'].includes(code))
    return new AppError(
      'OUTPUT_UNWRITABLE',
      `Nothing can be written in ${folder} (${code}).`,
      'Choose another folder.',
      {
        cause: error,
      },
    );
  return error;
}
