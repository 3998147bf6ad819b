import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendAudit } from '../store/audit.ts';
import { addVersion, findSame, type StoredVersion } from '../store/datasets.ts';
import { transaction } from '../store/open.ts';
import { blobFolder } from '../store/table/table-file.ts';
import type { Vault } from '../store/vault.ts';

/** Moves the folder to its place and adds the row, in one transaction: other importers of the same content wait and find it. */
export function commitVersion(vault: Vault, folder: string, version: Omit<StoredVersion, 'version'>): StoredVersion {
  const place = blobFolder(vault.dir, version.blob);
  let moved = false;
  try {
    return transaction(vault.db, () => {
      const same = findSame(vault.db, version.name, version.hash, version);
      if (same !== null) return same;
      if (!existsSync(place)) {
        mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
        renameSync(folder, place);
        moved = true;
      }
      const added = addVersion(vault.db, version);
      if (added.subjectMode === 'per-row') {
        appendAudit(vault, 'dataset.subject-per-row', {
          dataset: added.name,
          version: added.version,
          rows: added.rows,
        });
      }
      return added;
    });
  } catch (error) {
    // The row was not written, so nothing points at the folder.
    if (moved) rmSync(place, { recursive: true, force: true });
    throw error;
  }
}
