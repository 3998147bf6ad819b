import { AppError } from '../../shared/errors.ts';
import { migration0001 } from './migrations/0001-initial.ts';
import { migration0002 } from './migrations/0002-images.ts';
import { migration0003 } from './migrations/0003-lifecycle.ts';
import { migration0004 } from './migrations/0004-tracking.ts';
import { migration0005 } from './migrations/0005-registry.ts';
import { migration0006 } from './migrations/0006-commands.ts';
import { migration0007 } from './migrations/0007-tracked-files.ts';
import { migration0008 } from './migrations/0008-imports.ts';
import { migration0009 } from './migrations/0009-imported-models.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';

/** In order; `migrations[n]` makes version n + 1. A released one is never edited. */
const migrations = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
];
export const newestVersion = migrations.length;

/** Version of the vault's schema: 0 is an empty file. Throws VAULT_NEWER when this program does not know it. */
export function vaultVersion(db: ReadableDb): number {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > newestVersion) {
    throw new AppError(
      'VAULT_NEWER',
      `The vault ${db.name} has version ${version}; this program knows versions up to ${newestVersion}.`,
      'Nothing was changed. Install the newer Wardbook that wrote it.',
    );
  }
  return version;
}

/** Brings the vault to the newest version, one transaction per step; several processes may do this at once. */
export function migrate(db: WritableDb): void {
  while (vaultVersion(db) < newestVersion) {
    transaction(db, () => {
      // Read again under the lock: another process may have made this step meanwhile.
      const version = vaultVersion(db);
      const migration = migrations[version];
      if (migration === undefined) return;
      if (version === 0) refuseForeignDatabase(db);
      db.exec(migration);
      db.pragma(`user_version = ${version + 1}`);
    });
  }
}

/** A database of another program also has version 0, but is not empty. */
function refuseForeignDatabase(db: ReadableDb): void {
  if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined) return;
  throw new AppError(
    'VAULT_DAMAGED',
    `${db.name} is a database, but not one of Wardbook.`,
    'Nothing was changed. Name another vault with --vault.',
  );
}
