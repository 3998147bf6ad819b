import { chmodSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import { makeImportFolder } from '../store/import-folder.ts';
import { storeError } from '../store/store-error.ts';
import { originalFile, tableDataFile, tableIndexFile } from '../store/table/layout.ts';
import type { Vault } from '../store/vault.ts';
import { commitVersion } from './commit-version.ts';
import { progressOf } from './import-progress.ts';
import { checkName, type ImportRequest, pauseOf } from './import-request.ts';
import { makeTable } from './make-table.ts';
import { fileSize } from './receive-file.ts';

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
      const version = commitVersion(vault, folder, {
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
