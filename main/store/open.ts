import Database from 'better-sqlite3';
import { storeError } from './store-error.ts';

/** What reading code may do with the database. A `WritableDb` is one too. */
export type ReadableDb = Pick<
  Database.Database,
  'prepare' | 'pragma' | 'function' | 'name' | 'open' | 'inTransaction' | 'close'
>;
/** What writing code may do, inside `transaction`. */
export type WritableDb = ReadableDb & Pick<Database.Database, 'exec' | 'transaction'> & { readonly readonly: false };

export type Statement = Database.Statement<unknown[]>;

export type Durability = 'normal' | 'full';
/** Another process may hold the write lock this long before we give up; write transactions last under 50 ms. */
const busyTimeoutMs = 10_000;
/** 16 MB: a checkpoint waits for the disk twice, and small transactions wait with it; SQLite's own 1,000 pages are four times as many. */
const checkpointPages = 4_000;
/** SQLite's own 2 MB holds a tenth of 10,000 runs: filters over them took three times as long. Taken only as it is needed. */
const readCacheKiB = 32_768;

/**
 * Opens the database file for writing, creating it when absent. This file is the only importer of the driver, so that an
 * encrypting build of the same API can take its place. Throws VAULT_DAMAGED, VAULT_READ_ONLY, DISK_FULL or BUSY.
 */
export function openForWriting(file: string, durability: Durability = 'normal'): WritableDb {
  return guarded(file, () => {
    const db = new Database(file, { timeout: busyTimeoutMs });
    return closedOnFailure(db, () => {
      useWriteAheadLog(db);
      setDurability(db as unknown as WritableDb, durability);
      db.pragma('foreign_keys = ON');
      db.pragma('secure_delete = ON');
      db.pragma('temp_store = MEMORY');
      db.pragma('journal_size_limit = 67108864');
      db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
      return db as unknown as WritableDb;
    });
  });
}

/** Opens an existing database file for reading only. Throws VAULT_NOT_FOUND or VAULT_DAMAGED. */
export function openForReading(file: string): ReadableDb {
  return guarded(file, () => {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    return closedOnFailure(db, () => {
      db.pragma('temp_store = MEMORY');
      db.pragma(`cache_size = -${readCacheKiB}`);
      // A first read shows now, and not in the middle of a screen, that the file is no database.
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      return db;
    });
  });
}

/** FULL survives a power cut of the last moments; NORMAL survives the end of any process. */
export function setDurability(db: WritableDb, durability: Durability): void {
  db.pragma(`synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
}

/**
 * Runs `work` in one BEGIN IMMEDIATE transaction (a savepoint inside another one), commits, and returns its value; any error
 * rolls back. `work` must not await. Errors of the disk or of a lock come out as AppError: DISK_FULL, BUSY, VAULT_DAMAGED.
 */
export function transaction<T>(db: WritableDb, work: () => T): T {
  return guarded(db.name, () => db.transaction(work).immediate());
}

/** Runs `work` on one unchanging state of the database, however many statements it takes. */
export function snapshot<T>(db: ReadableDb, work: () => T): T {
  return guarded(db.name, () => (db as Database.Database).transaction(work).deferred());
}

/** Another program's database that nobody else writes (a copy): read only in what it holds, since its own log is folded into it first. */
export function openForeign(file: string): ReadableDb {
  const db = new Database(file, { fileMustExist: true });
  return closedOnFailure(db, () => {
    db.pragma('query_only = ON');
    return db;
  });
}

/**
 * A lock that dies with its process: an exclusive transaction held on a tiny database of its own. Returns null when another
 * holder has it.
 */
export function holdLock(file: string): { release(): void } | null {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw storeError(error, file);
  }
}

/** Two processes that open a fresh file at once both switch it to WAL; SQLite then reports busy without waiting. */
function useWriteAheadLog(db: Database.Database): void {
  const giveUp = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || Date.now() > giveUp) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function closedOnFailure<T>(db: Database.Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    db.close();
    throw error;
  }
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error, file);
  }
}
