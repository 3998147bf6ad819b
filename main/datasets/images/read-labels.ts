import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedFile } from '../../../shared/model/dataset.ts';
import { wordsOf } from '../column-names.ts';
import type { Encoding } from '../encoding.ts';
import { readHeader } from '../header.ts';
import { readRows } from '../read-rows.ts';
import { sniffFile } from '../sniff.ts';
import { type FileIndex, indexFiles } from './file-index.ts';
import type { LabelsPlace } from './find-labels.ts';
import type { Labelled, LabelledImage } from './labelled.ts';
import type { FoundFile } from './list-files.ts';

const fileNames =
  /^(?:(?:image|img|file|dicom|picture|photo|x_?ray|scan)_?)?(?:file|filename|file_name|image|img|path|filepath|file_path|image_path|image_name|image_id|image_index|name|index)s?$/;
/** For so many files among the first rows must a column's cells stand, when its own name does not say that it names files. */
const SHARE = 0.8;

/**
 * Reads a labels table: which file each row names, rows without one, files named by rows that disagree. Throws what a table's
 * import throws, and COLUMN_NOT_FOUND when no column names the files.
 */
export function readLabels(place: LabelsPlace, encoding: Encoding, files: FoundFile[]): Labelled {
  const fileName = basename(place.path);
  const form = sniffFile(place.path, encoding);
  const header = readHeader(form.sample[0], fileName);
  const index = indexFiles(files, place.folder);
  const column = fileColumn(header, form.sample.slice(1), index, fileName);
  const rows: string[][] = [];
  for (const batch of readRows(place.path, form, header.length, { bytesRead: 0 }))
    for (const row of batch) rows.push(row.map((cell) => cell.trim()));
  rows.shift();
  const { images, skipped } = matchRows(rows, column, index);
  const named = column.named || /\.[A-Za-z]{3,5}$/.test(rows[0]?.[column.at] ?? '');
  return {
    from: 'table',
    columns: named ? header.filter((_, at) => at !== column.at) : header,
    imageColumn: named ? { name: header[column.at]!, at: column.at } : { name: freeName(header), at: 0 },
    images: named
      ? images.map(({ file, cells }) => ({ file, cells: cells.filter((_, at) => at !== column.at) }))
      : images,
    skipped,
    table: { path: place.path, encoding, delimiter: form.delimiter },
  };
}

type FileColumn = { at: number; named: boolean };

/** The column whose cells find most files; one named like it wins, and counts even when few of its files are there. */
function fileColumn(header: string[], rows: string[][], index: FileIndex, fileName: string): FileColumn {
  const sample = rows.slice(0, 2000);
  const fits = header.map((name, at) => {
    // Distinct ones: the class codes 0 and 1 name no hundred images, even where 0.png and 1.png exist.
    const files = new Set(sample.map((row) => index.find(row[at] ?? '')));
    files.delete(null);
    return { at, named: fileNames.test(wordsOf(name)), found: files.size };
  });
  const best = (list: typeof fits) =>
    list.reduce<(typeof fits)[number] | null>((a, b) => (a === null || b.found > a.found ? b : a), null);
  const named = best(fits.filter((fit) => fit.named));
  if (named !== null && (named.found > 0 || looksLikeFiles(sample, named.at))) return named;
  const other = best(fits);
  if (other !== null && other.found > 0 && other.found >= SHARE * sample.length) return other;
  if (named !== null) return named;
  throw new AppError(
    'COLUMN_NOT_FOUND',
    `"${fileName}" has no column that names the image files. Nothing was imported.`,
    'Add a column "file" with the path of each image from the folder.',
  );
}

/** Whether most cells end as the names of files do. */
function looksLikeFiles(rows: string[][], at: number): boolean {
  const ends = rows.filter((row) => /\.[A-Za-z]{3,5}$/.test(row[at] ?? '')).length;
  return ends > 0 && ends * 2 >= rows.length;
}

function matchRows(rows: string[][], column: FileColumn, index: FileIndex) {
  const skipped: SkippedFile[] = [];
  const byFile = new Map<string, string[][]>();
  for (const [at, row] of rows.entries()) {
    const cell = row[column.at]!;
    const file = index.find(cell);
    if (file === null) {
      const path = cell === '' ? `row ${at + 2}` : cell;
      const reason = cell === '' ? 'names no file' : 'is named in the labels table, but is not in the folder';
      skipped.push({ path, code: 'FILE_MISSING', reason });
      continue;
    }
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [row]);
    else known.push(row);
  }
  const images: LabelledImage[] = [];
  for (const [file, [first, ...more]] of byFile) {
    const same = more.every((row) => row.every((cell, at) => at === column.at || cell === first![at]));
    if (same) images.push({ file, cells: first! });
    if (more.length === 0) continue;
    skipped.push(
      same
        ? {
            path: file,
            code: 'LABEL_REPEATED',
            reason: `is named by ${more.length + 1} rows that say the same; one of them counts`,
          }
        : {
            path: file,
            code: 'LABELS_CONFLICT',
            reason: `is named by ${more.length + 1} rows that differ; all of them are left out`,
          },
    );
  }
  return { images, skipped };
}

const freeName = (header: string[]): string =>
  ['image', 'image_file', 'image_path', 'wardbook_image'].find((name) => !header.includes(name)) ?? 'image ';
