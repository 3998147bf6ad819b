import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { newId } from '../../platform/ids.ts';
import { makePrivateFolder } from '../files.ts';
import { storeError } from '../store-error.ts';

/** 256 bits from the system's random source, as 64 hex digits. */
export const newToken = (): string => randomBytes(32).toString('hex');

const tokenFile = (dir: string): string => join(dir, 'keys', 'tracking-token');

/**
 * The vault's token for clients of the MLflow protocol, made on first use and kept (0600) until it is revoked. Throws
 * KEY_UNAVAILABLE when the file holds something else.
 */
export function trackingToken(dir: string): string {
  const path = tokenFile(dir);
  if (!existsSync(path)) writeToken(dir, false);
  const token = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(token)) return token;
  throw new AppError(
    'KEY_UNAVAILABLE',
    'The file keys/tracking-token in the vault cannot be read as a token.',
    'Delete it: a new token is made at the next start.',
  );
}

/** Puts a new token in the place of the old one, which no server accepts any more within a second. Returns the new one. */
export function revokeTrackingToken(dir: string): string {
  writeToken(dir, true);
  return trackingToken(dir);
}

function writeToken(dir: string, replace: boolean): void {
  const path = tokenFile(dir);
  const temporary = `${path}.${newId()}`;
  try {
    makePrivateFolder(join(dir, 'keys'));
    writeFileSync(temporary, `${newToken()}\n`, { mode: 0o600, flag: 'wx', flush: true });
    // Linked, a file that another process made meanwhile wins.
    if (replace) renameSync(temporary, path);
    else linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storeError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
