import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { type DatasetVersion, datasetName } from '../../shared/model/dataset.ts';
import { appendAudit } from '../store/audit.ts';
import { addVersion, findSame, type StoredVersion } from '../store/datasets.ts';
import { makeImportFolder } from '../store/import-folder.ts';
import { transaction } from '../store/open.ts';
import { storeError } from '../store/store-error.ts';
import { originalFile, tableDataFile, tableIndexFile } from '../store/table/layout.ts';
import { blobFolder } from '../store/table/table-file.ts';
import type { Vault } from '../store/vault.ts';
import { type ImportProgress, progressOf } from './import-progress.ts';
import { makeTable } from './make-table.ts';
import { fileSize, type Pause } from './receive-file.ts';
import type { SubjectChoice } from './subject-choice.ts';

export type ImportRequest = {
  path: string;
  name: string;
  subject: SubjectChoice;
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
};

/**
 * Imports a CSV or TSV file as the next version of a dataset, or gives back the version that has this content and these
 * declarations already. Everything is made in a folder of its own inside the vault and takes its place in one step at the end: a
 * failure, a kill or a cancel leaves the vault as it was. Throws the import codes of shared/errors.ts.
 */
export async function importTable(vault: Vault, request: ImportRequest): Promise<DatasetVersion> {
  const name = checkName(request.name);
  const bytes = fileSize(request.path);
  const pause = pauseOf(request.signal);
  await pause();
  try {
    const folder = makeImportFolder(vault);
    try {
      const progress = progressOf(bytes, request.onProgress ?? (() => {}));
      const made = await makeTable(request.path, folder, request.subject, pause, progress);
      for (const file of [originalFile, tableDataFile, tableIndexFile]) chmodSync(join(folder, file), 0o400);
      await pause();
      const version = commit(vault, folder, {
        ...made,
        name,
        sourceName: basename(request.path),
        createdAt: Date.now(),
      });
      progress.done(made.rows);
      const { blob: _, ...shown } = version;
      return shown;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw storeError(error, vault.dir);
  }
}

function checkName(name: string): string {
  const parsed = datasetName.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'NAME_INVALID',
    `"${name}" cannot be the name of a dataset.`,
    'Use letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100 of them.',
  );
}

function pauseOf(signal: AbortSignal | undefined): Pause {
  return async () => {
    await nextTurn();
    if (signal?.aborted) throw new AppError('IMPORT_CANCELLED', 'The import was cancelled. The vault is as it was.');
  };
}

/** Moves the folder to its place and adds the row, in one transaction: other importers of the same content wait and find it. */
function commit(vault: Vault, folder: string, version: Omit<StoredVersion, 'version'>): StoredVersion {
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
