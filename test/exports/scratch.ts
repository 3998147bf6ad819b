import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile, makeVaultFolders } from '../../main/store/files.ts';
import { migrate } from '../../main/store/migrate.ts';
import { openForWriting, type WritableDb } from '../../main/store/open.ts';

export type BareVault = { dir: string; db: WritableDb };

/** Runs `work` on a fresh vault in a temporary folder that is removed afterwards. */
export async function withBareVault(work: (vault: BareVault) => void | Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wardbook-exports-'));
  makeVaultFolders(dir);
  const db = openForWriting(databaseFile(dir));
  try {
    migrate(db);
    await work({ dir, db });
  } finally {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
