import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { storeError } from './store-error.ts';

export const databaseFile = (dir: string): string => join(dir, 'wardbook.db');
export const locksFolder = (dir: string): string => join(dir, 'locks');

const folders = ['datasets', 'runs', 'keys', 'locks'];

/**
 * Makes the vault's folders (0700) and an empty database file (0600, which SQLite copies to the files beside it).
 * Throws VAULT_READ_ONLY or DISK_FULL.
 */
export function makeVaultFolders(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // An existing folder is closed to others when it is a vault or about to become one, not when it holds other things.
    if (existsSync(databaseFile(dir)) || readdirSync(dir).length === 0) chmodSync(dir, 0o700);
    for (const folder of folders) makePrivateFolder(join(dir, folder));
    makePrivateFile(databaseFile(dir));
  } catch (error) {
    throw storeError(error, dir);
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
