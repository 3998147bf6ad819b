import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../platform/ids.ts';
import { appVersion } from '../platform/version.ts';
import { locksFolder, makePrivateFile } from './files.ts';
import { holdLock, transaction, type WritableDb } from './open.ts';
import { storeError } from './store-error.ts';

/** This process as a writer of the vault: its row, and the lock that shows others that it lives. */
export type Writer = { id: number; uid: string; close(): void };

const lockFile = (dir: string, uid: string): string => join(locksFolder(dir), `${uid}.db`);

/** Takes a lock of our own, then adds the row: a row without a held lock always means a dead process. */
export function addWriter(db: WritableDb, dir: string, purpose: string): Writer {
  const uid = newId();
  const file = lockFile(dir, uid);
  try {
    makePrivateFile(file);
  } catch (error) {
    throw storeError(error, dir);
  }
  const lock = holdLock(file);
  if (lock === null) throw new Error(`a fresh lock is held by someone else: ${file}`);
  const drop = () => {
    lock.release();
    rmSync(file, { force: true });
  };
  try {
    const id = transaction(db, () =>
      Number(
        db
          .prepare('INSERT INTO writer (uid, pid, purpose, app_version, started_at) VALUES (?, ?, ?, ?, ?)')
          .run(uid, process.pid, purpose, appVersion, Date.now()).lastInsertRowid,
      ),
    );
    return {
      id,
      uid,
      close() {
        try {
          markWriterEnded(db, id, 'closed');
        } finally {
          drop();
        }
      },
    };
  } catch (error) {
    drop();
    throw error;
  }
}

/** Whether the process behind a writer row still runs. Never open a lock file by other means: closing it drops the lock. */
export function isWriterAlive(dir: string, uid: string): boolean {
  const file = lockFile(dir, uid);
  if (!existsSync(file)) return false;
  const lock = holdLock(file);
  if (lock === null) return true;
  lock.release();
  return false;
}

/** Closes a writer's row; true when this call did it, false when the row was closed before. */
export function markWriterEnded(db: WritableDb, id: number, ended: 'closed' | 'found-dead'): boolean {
  return transaction(
    db,
    () =>
      db.prepare('UPDATE writer SET closed_at = ?, ended = ? WHERE id = ? AND ended IS NULL').run(Date.now(), ended, id)
        .changes === 1,
  );
}

/** Removes the lock file that a dead process left. */
export function removeLock(dir: string, uid: string): void {
  rmSync(lockFile(dir, uid), { force: true });
}
