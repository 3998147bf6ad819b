import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedFile } from '../../../shared/model/dataset.ts';
import { classFolders } from './class-folders.ts';
import { findLabels } from './find-labels.ts';
import type { Labelled } from './labelled.ts';
import { type FoundFile, listFiles, promiseOf } from './list-files.ts';
import { readLabels } from './read-labels.ts';
import { sniffFile } from './sniff-file.ts';
import { tableEncoding } from './table-encoding.ts';

export type ImagesKind = 'images' | 'dicom';
export type PlannedImages = Labelled & { files: Map<string, FoundFile> };

/**
 * Works out from a folder's names, and its labels table, which images there are and what is said about each; no image is decoded.
 * Throws FILE_NOT_FOUND, FILE_UNREADABLE, LABELS_NOT_FOUND, IMAGES_UNREADABLE, and what reading a table throws.
 */
export function planImages(root: string, kind: ImagesKind, labels: string | undefined): PlannedImages {
  const files = listFiles(root);
  const place = findLabels(root, files, labels);
  const table = place === null ? null : basename(place.path);
  const { candidates, refused } = sortOut(root, files, kind);
  if (candidates.length === 0) {
    throw new AppError(
      'IMAGES_UNREADABLE',
      `"${basename(root)}" holds no ${kind === 'dicom' ? 'DICOM file' : 'image'} that could be read. Nothing was imported.`,
      'PNG, JPEG, TIFF and DICOM files are read.',
    );
  }
  const labelled =
    place === null
      ? labelledByFolder(root, candidates)
      : readLabels(place, tableEncoding(place.path), [...candidates, ...refused.map(({ file }) => file)]);
  const skipped = [...labelled.skipped, ...refused.map(({ skipped }) => skipped)];
  const used = new Set([...labelled.images.map(({ file }) => file), ...skipped.map(({ path }) => path)]);
  const unlabelled = candidates.filter(({ path }) => !used.has(path));
  for (const { path } of unlabelled)
    skipped.push({ path, code: 'LABEL_MISSING', reason: `is not in ${table ?? 'any class folder'}` });
  const bad = new Set(refused.map(({ file }) => file.path));
  return {
    ...labelled,
    images: labelled.images.filter(({ file }) => !bad.has(file)),
    skipped,
    files: new Map(candidates.map((file) => [file.path, file])),
  };
}

type Refused = { file: FoundFile; skipped: SkippedFile };

/** Files that promise to be images, and those that are known not to be readable without opening them. */
function sortOut(root: string, files: FoundFile[], kind: ImagesKind): { candidates: FoundFile[]; refused: Refused[] } {
  const candidates: FoundFile[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    const promise = promiseOf(file.path);
    const format = promise === 'unknown' || kind === 'dicom' ? sniffFile(join(root, file.path)) : null;
    if (promise === 'else' || (promise === 'unknown' && format === null)) continue;
    if (promise === 'other-image' || format === 'other-image') {
      const reason = 'is of a format that is not read here; PNG, JPEG, TIFF and DICOM are';
      refused.push({ file, skipped: { path: file.path, code: 'IMAGE_UNSUPPORTED', reason } });
    } else if (kind === 'dicom' && format !== null && format !== 'dicom') {
      refused.push({
        file,
        skipped: {
          path: file.path,
          code: 'IMAGE_UNSUPPORTED',
          reason: 'is no DICOM file, and DICOM files were asked for',
        },
      });
    } else candidates.push(file);
  }
  return { candidates, refused };
}

function labelledByFolder(root: string, candidates: FoundFile[]): Labelled {
  const paths = candidates.map(({ path }) => path);
  const folders = classFolders(paths);
  if (folders !== null) return folders;
  // Files of DICOM say themselves what they show; labels may come later.
  if (paths.some((path) => sniffFile(join(root, path)) === 'dicom')) {
    return {
      from: 'headers',
      columns: [],
      imageColumn: { name: 'file', at: 0 },
      images: paths.map((file) => ({ file, cells: [] })),
      skipped: [],
      table: null,
    };
  }
  throw new AppError(
    'LABELS_NOT_FOUND',
    `"${basename(root)}" holds ${paths.length.toLocaleString('en')} images, but neither a labels table nor class folders. Nothing was imported.`,
    'Put a labels.csv with the columns file and label beside them, sort them into one folder per class, or name a table: --labels FILE.',
  );
}

/** Whether a path is a folder; false when it is not there. */
export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
