import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspected } from '../../store/images/decode-jobs.ts';
import { whiteOf } from '../../store/images/eight-bits.ts';
import { contentHash } from '../../store/images/fingerprint.ts';
import { copiesFile, type ImageRecord, labelsFile } from '../../store/images/layout.ts';
import { keepNearDuplicates, type NearDuplicate } from '../../store/images/near-duplicates.ts';
import { createImageWriter } from '../../store/images/write-images.ts';
import { readSubjects } from '../../store/table/read-subjects.ts';
import { openTableFile } from '../../store/table/table-file.ts';
import { type MadeTable, makeTable } from '../make-table.ts';
import type { Pause } from '../receive-file.ts';
import type { SubjectChoice } from '../subject-choice.ts';
import type { ImageProgress } from './image-progress.ts';
import { type ImageFacts, imageWarnings } from './image-warnings.ts';
import { inspectAll } from './inspect-all.ts';
import { type LabelledRow, labelsText } from './labels-text.ts';
import { noneReadable } from './none-readable.ts';
import type { PlannedImages } from './plan-images.ts';
import { summaryOf } from './summary.ts';

/** Makes the files of an image dataset in `folder`, and everything that its version records about it. */
export async function makeImages(
  root: string,
  planned: PlannedImages,
  folder: string,
  subject: SubjectChoice,
  pause: Pause,
  progress: ImageProgress,
): Promise<MadeTable> {
  const writer = createImageWriter(folder);
  const records: ImageRecord[] = [];
  const facts: ImageFacts[] = [];
  const rows: LabelledRow[] = [];
  let largest = 255;
  try {
    const unread = await inspectAll(root, planned.images, pause, progress.file, ({ file, cells }, image) => {
      records.push(writer.add(image));
      facts.push(factsOf(image));
      rows.push({ file, cells, dicom: image.dicom });
      largest = Math.max(largest, image.largest);
    });
    if (records.length === 0) throw noneReadable(root, planned.images.length);
    writer.finish(records);
    const table = await makeLabels(planned, rows, folder, subject, pause);
    const skipped = [...planned.skipped, ...unread];
    const { pairs } = keepNearDuplicates(folder, records, readFileSync(join(folder, copiesFile)));
    const duplicates = { pairs: pairs.length, ofTwoPersons: ofTwoPersons(folder, table, pairs) };
    const images = summaryOf(records, planned.imageColumn.name, whiteOf(largest), duplicates);
    const sha256s = records.map(({ sha256 }) => sha256);
    return {
      ...table,
      kind: 'images',
      hash: contentHash('content', [table.hash], sha256s),
      blob: contentHash('files', [table.blob, keepLabels(planned, folder)], sha256s),
      images,
      skipped,
      warnings: [...table.warnings, ...imageWarnings(facts, images, skipped)],
    };
  } finally {
    writer.close();
  }
}

function factsOf({ bits, stored, dicom }: Inspected): ImageFacts {
  return { bits, stored, burnedInText: dicom?.burnedInText ?? 'unlikely' };
}

/** The table of the images that were read, through the same door as any table. */
async function makeLabels(
  planned: PlannedImages,
  rows: LabelledRow[],
  folder: string,
  subject: SubjectChoice,
  pause: Pause,
): Promise<MadeTable> {
  const path = join(folder, 'labels.csv');
  writeFileSync(path, labelsText(planned, rows), { mode: 0o600 });
  try {
    return await makeTable(path, folder, subject, pause, silent, {
      imageColumn: planned.imageColumn.name,
      encoding: planned.table?.encoding,
    });
  } finally {
    rmSync(path, { force: true });
  }
}

const silent = { step: () => {}, done: () => {} };

/** Keeps the labels table as it was found; its SHA-256, or nothing without one. */
function keepLabels({ table }: PlannedImages, folder: string): string {
  if (table === null) return '';
  const path = join(folder, labelsFile);
  copyFileSync(table.path, path);
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Pairs whose images are of different persons; null when nobody knows. */
function ofTwoPersons(folder: string, table: MadeTable, pairs: NearDuplicate[]): number | null {
  if (table.subjectMode === 'per-row') return pairs.length;
  if (table.subjectColumn === null) return null;
  const file = openTableFile(folder);
  try {
    const { subject } = readSubjects(file, table.subjectColumn, table.siteColumn, table.subjectMode === 'exact');
    return pairs.filter(({ a, b }) => subject[a] !== subject[b]).length;
  } finally {
    file.close();
  }
}
