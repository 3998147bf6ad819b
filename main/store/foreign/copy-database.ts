import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { openForeign, type ReadableDb } from '../open.ts';

export type ForeignDatabase = { db: ReadableDb; close(): void };

const attempts = 8;

/**
 * Another program's SQLite database, as it was at one moment. Opening it where it lies would make or change the files beside it
 * (-shm, and -wal at the last close), so it is copied into a private folder first, with its log, and the copy is opened. A copy
 * during which the original was written is made again. Throws FILE_UNREADABLE, BUSY or DISK_FULL; `close` removes the copy.
 */
export async function openCopyOf(file: string): Promise<ForeignDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-read-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    for (let attempt = 0; ; attempt++) {
      const before = looks(file);
      const copy = join(folder, 'copy.db');
      for (const ending of endings) {
        rmSync(`${copy}${ending}`, { force: true });
        if (existsSync(`${file}${ending}`))
          copyFileSync(`${file}${ending}`, `${copy}${ending}`, constants.COPYFILE_FICLONE);
      }
      rmSync(`${copy}-shm`, { force: true });
      if (looks(file) === before) {
        const db = openForeign(copy);
        return {
          db,
          close() {
            db.close();
            remove();
          },
        };
      }
      if (attempt === attempts) {
        throw new AppError(
          'BUSY',
          'The database was written again and again while it was being copied.',
          'Wait until its job pauses, or stop the server that uses it.',
        );
      }
      await wait(50 * 2 ** attempt);
    }
  } catch (error) {
    remove();
    throw error;
  }
}

/** With the log of a live writer, or the journal of one that died. */
const endings = ['', '-wal', '-journal'];

const looks = (file: string): string =>
  endings
    .map((ending) => statSync(`${file}${ending}`, { throwIfNoEntry: false, bigint: true }))
    .map((stat) => (stat === undefined ? '-' : `${stat.size} ${stat.mtimeNs}`))
    .join(', ');
