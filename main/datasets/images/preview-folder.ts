import { basename, extname, join } from 'node:path';
import type { FolderPreview } from '../../../shared/contract/datasets.ts';
import type { ImageFormat } from '../../../shared/model/dataset.ts';
import { isClassName, isSiteName, isSplitName, subjectFit } from '../column-names.ts';
import { suggestName } from '../suggest-name.ts';
import { dicomColumns } from './dicom-columns.ts';
import type { Labelled } from './labelled.ts';
import { type PlannedImages, planImages } from './plan-images.ts';
import { sniffFile } from './sniff-file.ts';

const MOST_SKIPPED = 100;
const MOST_CLASSES = 20;

/**
 * What a folder of images looks like before anything is imported, with the labels table at `named` where one was chosen: no image
 * is decoded. Throws as `planImages` does.
 */
export function previewFolder(root: string, handle: string, named?: string): FolderPreview {
  const planned = planImages(root, 'images', named);
  const { from, table, images, files, skipped } = planned;
  // Class folders say what an image shows, never of whom it is.
  const columns = from === 'headers' ? dicomColumns : from === 'table' ? planned.columns : [];
  return {
    kind: 'images',
    handle,
    folderName: basename(root),
    suggestedName: suggestName(basename(root), 'images'),
    images: images.length,
    bytes: images.reduce((sum, { file }) => sum + (files.get(file)?.bytes ?? 0), 0),
    formats: formatsOf(root, planned),
    labels: { from, table: table === null ? null : basename(table.path) },
    columns,
    suggestedSubject: subjectOf(columns, planned),
    classes: classesOf(planned),
    skipped: skipped.slice(0, MOST_SKIPPED),
    skippedCount: skipped.length,
  };
}

const byName: Record<string, ImageFormat> = { '.png': 'png', '.tif': 'tiff', '.tiff': 'tiff' };
for (const end of ['.jpg', '.jpeg', '.jpe', '.jfif']) byName[end] = 'jpeg';
for (const end of ['.dcm', '.dicom', '.dic', '.ima']) byName[end] = 'dicom';

function formatsOf(root: string, { images }: PlannedImages): FolderPreview['formats'] {
  const counts = new Map<ImageFormat, number>();
  for (const { file } of images) {
    const format = byName[extname(file).toLowerCase()] ?? sniffFile(join(root, file));
    if (format !== null && format !== 'other-image') counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  return [...counts].map(([format, count]) => ({ format, count })).sort((a, b) => b.count - a.count);
}

/** The best-named column; of a labels table one whose cells are all filled in. */
function subjectOf(columns: string[], { from, images }: Labelled): string | null {
  const fits = columns
    .map((name, at) => ({ name, at, fit: subjectFit(name) }))
    .filter(({ at, fit }) => fit >= 0 && (from !== 'table' || images.every(({ cells }) => cells[at] !== '')));
  return fits.sort((a, b) => a.fit - b.fit)[0]?.name ?? null;
}

/** How many images each class has: of the column that is named like one of classes, else of the first with few values. */
function classesOf({ columns, images }: Labelled): FolderPreview['classes'] {
  const counted = columns
    .filter((name) => subjectFit(name) < 0 && !isSiteName(name) && !isSplitName(name))
    .map((name) => ({ name, counts: countLevels(images.map(({ cells }) => cells[columns.indexOf(name)]!)) }))
    .filter(({ counts }) => counts.length >= 2);
  const chosen =
    counted.find(({ name }) => isClassName(name)) ?? counted.find(({ counts }) => counts.length <= MOST_CLASSES);
  if (chosen === undefined) return null;
  const rest = chosen.counts.slice(MOST_CLASSES).reduce((sum, { count }) => sum + count, 0);
  return { column: chosen.name, levels: chosen.counts.slice(0, MOST_CLASSES), other: rest };
}

function countLevels(cells: string[]): { level: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts].map(([level, count]) => ({ level, count })).sort((a, b) => b.count - a.count);
}
