import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import type { DraftFile } from '../store/drafts.ts';

/** Letters and digits that are not mistaken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

export type ReportFolder = { folder: string; commit(files: DraftFile[], dayMs: number): string[]; abandon(): void };

/**
 * Prepares a folder `export-<8 random characters>` below `outDir`, so that a place that cannot be written to is known before
 * the audit entry is. The files appear whole or not at all, dated to the day (X7). Throws OUTPUT_UNWRITABLE.
 */
export function prepareReportFolder(outDir: string): ReportFolder {
  const random = Array.from(
    Buffer.from(newId(), 'hex').subarray(0, 8),
    (byte) => alphabet[byte % alphabet.length],
  ).join('');
  const folder = join(resolve(outDir), `export-${random}`);
  const temporary = `${folder}.part`;
  attempt(outDir, () => mkdirSync(temporary, { recursive: true }));
  return {
    folder,
    commit(files, dayMs) {
      return attempt(outDir, () => {
        for (const file of files) {
          const path = join(temporary, file.name);
          writeFileSync(path, file.bytes, { flag: 'wx' });
          utimesSync(path, dayMs / 1000, dayMs / 1000);
        }
        renameSync(temporary, folder);
        utimesSync(folder, dayMs / 1000, dayMs / 1000);
        return files.map((file) => join(folder, file.name));
      });
    },
    abandon() {
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

function attempt<T>(outDir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new AppError('DISK_FULL', `There is no space left in ${outDir}; no report was written.`, undefined, {
        cause: error,
      });
    }
    throw new AppError(
      'OUTPUT_UNWRITABLE',
      `The report cannot be written to ${outDir}.`,
      'Choose a folder that you may write to.',
      {
        cause: error,
      },
    );
  }
}
