import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { storeError } from './store-error.ts';

export const databaseFile = (dir: string): string => join(dir, 'wardbook.db');
export const locksFolder = (dir: string): string => join(dir, 'locks');

const folders = ['datasets', 'runs', 'keys', 'locks'];

/**
 * Makes the vault's folders (0700) and an empty database file (0600, which SQLite copies to the files beside it).
 * Throws VAULT_READ_ONLY, VAULT_NOT_FOUND or DISK_FULL.
 */
export function makeVaultFolders(dir: string): void {
  try {
    makeRootFolder(dir);
    // An existing folder is closed to others when it is a vault or about to become one, not when it holds other things.
    // What the person may not do there stays forbidden.
    if (existsSync(databaseFile(dir)) || readdirSync(dir).length === 0) chmodSync(dir, statSync(dir).mode & 0o700);
    for (const folder of folders) makePrivateFolder(join(dir, folder));
    makePrivateFile(databaseFile(dir));
  } catch (error) {
    throw storeError(error, dir);
  }
}

function makeRootFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // Node's recursive mkdir says ENOENT of a read-only file system.
    if (code === 'ENOENT') {
      throw new AppError(
        'VAULT_READ_ONLY',
        `The folder ${dir} cannot be made by this user.`,
        'Allow writing there, or name another vault with --vault.',
        { cause },
      );
    }
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new AppError(
        'VAULT_NOT_FOUND',
        `${dir} is no folder, or lies below a file, so no vault can be there.`,
        'Name another vault with --vault.',
        { cause },
      );
    }
    throw cause;
  }
}

/** A folder that only this user can enter. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** An empty file that only this user can read, unless it exists already. */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}
