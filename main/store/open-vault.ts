import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { databaseFile, makeVaultFolders } from './files.ts';
import { removeAbandonedImports } from './import-folder.ts';
import { createMetricWriter } from './metrics/writer.ts';
import { migrate, vaultVersion } from './migrate.ts';
import { type Durability, openForReading, openForWriting, type WritableDb } from './open.ts';
import { recoverRuns } from './recover.ts';
import type { ReadableVault, Vault } from './vault.ts';
import { addWriter, type Writer } from './writer.ts';

/** `purpose` says in a dead writer's reason what it was: `app`, `cli`, `import`, … */
export type OpenOptions = { purpose: string; durability?: Durability };

/**
 * Opens the vault in `dir` for writing and makes it when there is none; any number of processes may do so at once. Runs that
 * a dead process left are marked as crashed. Throws VAULT_NEWER, VAULT_DAMAGED, VAULT_READ_ONLY, VAULT_NOT_FOUND, DISK_FULL.
 */
export function openVault(dir: string, options: OpenOptions): Vault {
  const folder = resolve(dir);
  makeVaultFolders(folder);
  const db = openForWriting(databaseFile(folder), options.durability);
  let writer: Writer | null = null;
  try {
    migrate(db);
    writer = addWriter(db, folder, options.purpose);
    const vault = vaultOf(db, folder, writer);
    vault.recovered.push(...recoverRuns(vault));
    removeAbandonedImports(vault);
    return vault;
  } catch (error) {
    writer?.close();
    db.close();
    throw error;
  }
}

function vaultOf(db: WritableDb, dir: string, writer: Writer): Vault {
  const metrics = createMetricWriter(db, dir, writer.id);
  return {
    dir,
    db,
    writerId: writer.id,
    metrics,
    recovered: [],
    close() {
      if (!db.open) return;
      try {
        metrics.close();
      } finally {
        try {
          writer.close();
        } finally {
          db.close();
        }
      }
    },
  };
}

/** Opens an existing vault for reading. Throws VAULT_NOT_FOUND, VAULT_NEWER or VAULT_DAMAGED. */
export function openVaultForReading(dir: string): ReadableVault & { close(): void } {
  const folder = resolve(dir);
  const file = databaseFile(folder);
  const none = () =>
    new AppError(
      'VAULT_NOT_FOUND',
      `There is no vault in ${folder}.`,
      'Name another folder with --vault, or start Wardbook to make one there.',
    );
  if (!existsSync(file)) throw none();
  const db = openForReading(file);
  try {
    if (vaultVersion(db) === 0) throw none();
  } catch (error) {
    db.close();
    throw error;
  }
  return { dir: folder, db, close: () => db.close() };
}
