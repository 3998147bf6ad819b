import { chmodSync, constants, copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A copy that only this user can read, in folders that only this user can enter; never over a file that is there. */
export function copyPrivately(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  chmodSync(to, 0o600);
}
