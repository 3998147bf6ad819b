import { AppError } from '../../shared/errors.ts';

/**
 * What a failure of the disk or of SQLite means to a person; other errors come back as they are. `file` names the database
 * or folder concerned.
 */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = (error as Error & { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  const known = meanings.find(([pattern]) => pattern.test(code));
  return known === undefined ? error : known[1](file, error);
}

type Meaning = (file: string, cause: Error) => AppError;

// A full quota (EDQUOT) or a file-size limit reaches SQLite as a failed write, not as SQLITE_FULL.
const meanings: [RegExp, Meaning][] = [
  [
    /^(SQLITE_FULL|SQLITE_IOERR_(WRITE|FSYNC|SHMSIZE|TRUNCATE)|ENOSPC|EDQUOT|EFBIG)$/,
    (file, cause) =>
      new AppError(
        'DISK_FULL',
        `The disk of ${file} took no more data: it is full, or over a quota.`,
        'Everything saved before is safe. Make room on that disk, then try again.',
        { cause },
      ),
  ],
  [
    /^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    (file, cause) =>
      new AppError(
        'VAULT_DAMAGED',
        `${file} is damaged, or is not a Wardbook database.`,
        'Nothing was changed. Restore the vault from a backup, or name another vault with --vault.',
        { cause },
      ),
  ],
  [
    /^(SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS)$/,
    (file, cause) =>
      new AppError(
        'VAULT_READ_ONLY',
        `${file} cannot be written by this user.`,
        'Allow writing in the vault folder, or name another vault with --vault.',
        { cause },
      ),
  ],
  [
    /^SQLITE_(BUSY|LOCKED).*$/,
    (file, cause) =>
      new AppError('BUSY', `Another process has kept ${file} locked for too long.`, 'Try again in a moment.', {
        cause,
      }),
  ],
];
