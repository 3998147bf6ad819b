import { chmodSync, existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { imageFiles, labelsFile } from '../../store/images/layout.ts';
import { makeImportFolder } from '../../store/import-folder.ts';
import { storeError } from '../../store/store-error.ts';
import { originalFile, tableDataFile, tableIndexFile } from '../../store/table/layout.ts';
import type { Vault } from '../../store/vault.ts';
import { commitVersion } from '../commit-version.ts';
import { checkName, type ImportRequest, pauseOf } from '../import-request.ts';
import { imageProgress } from './image-progress.ts';
import { makeImages } from './make-images.ts';
import { type ImagesKind, planImages } from './plan-images.ts';

export type ImagesRequest = ImportRequest & { kind: ImagesKind; labels?: string };

/**
 * Imports a folder of images as the next version of a dataset, or gives back the version that has this content and these
 * declarations already. Files that cannot be read are listed in `skipped`; the rest is imported in one step at the end, so that a
 * failure, a kill or a cancel leaves the vault as it was. Throws the import codes of shared/errors.ts; IMAGES_UNREADABLE when no
 * image can be read.
 */
export async function importImages(vault: Vault, request: ImagesRequest): Promise<DatasetVersion> {
  const name = checkName(request.name);
  const root = resolve(request.path);
  const pause = pauseOf(request.signal);
  await pause();
  const planned = planImages(root, request.kind, request.labels);
  if (request.subject.kind === 'column' && request.subject.column === planned.imageColumn.name) {
    throw new AppError(
      'INPUT_INVALID',
      `The column "${planned.imageColumn.name}" names the image files, so it cannot say whose they are. Nothing was imported.`,
      'If every image is of another person, import with --subject-per-row.',
    );
  }
  try {
    const folder = makeImportFolder(vault);
    try {
      const progress = imageProgress(planned, request.onProgress ?? (() => {}));
      const made = await makeImages(root, planned, folder, request.subject, pause, progress);
      for (const file of [originalFile, tableDataFile, tableIndexFile, labelsFile, ...imageFiles])
        if (existsSync(join(folder, file))) chmodSync(join(folder, file), 0o400);
      await pause();
      const version = commitVersion(vault, folder, {
        ...made,
        name,
        sourceName: basename(root),
        createdAt: Date.now(),
      });
      progress.done();
      const { blob: _, ...shown } = version;
      // The list is of what this import met, also when the content was there already.
      return { ...shown, skipped: made.skipped };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw storeError(error, vault.dir);
  }
}
