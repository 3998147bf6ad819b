import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { ImportPreview } from '../../shared/contract/datasets.ts';
import { AppError } from '../../shared/errors.ts';
import { isSiteName, isSplitName, subjectFit } from './column-names.ts';
import { watchEncoding } from './encoding.ts';
import { readHeader } from './header.ts';
import { decoderFor } from './read-rows.ts';
import { fileSize } from './receive-file.ts';
import { sniffText } from './sniff.ts';
import { suggestName } from './suggest-name.ts';

const SAMPLE_BYTES = 2 ** 20;
const SAMPLE_CELLS = 5;

/** What the first megabyte of a file looks like, before anything is imported. Throws as the import would for that part. */
export function previewTable(path: string, handle: string): ImportPreview {
  const bytes = fileSize(path);
  const fileName = basename(path);
  const head = readHead(path, fileName);
  const whole = head.length === bytes;
  const watch = watchEncoding(fileName);
  watch.add(head);
  const encoding = watch.decide(whole);
  const { delimiter, decimal, sample } = sniffText(
    decoderFor(encoding).decode(head, { stream: !whole }),
    encoding,
    whole,
  );
  const names = readHeader(sample[0], fileName);
  const rows = sample.slice(1);
  return {
    kind: 'table',
    handle,
    fileName,
    suggestedName: suggestName(fileName, 'table'),
    format: { delimiter, encoding, decimal },
    columns: names.map((name, column) => ({
      name,
      suggestedRole: roleFrom(name),
      sample: rows.slice(0, SAMPLE_CELLS).map((row) => (row[column] ?? '').trim()),
    })),
    suggestedSubject: subjectFrom(names, rows),
    bytes,
  };
}

function readHead(path: string, fileName: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(SAMPLE_BYTES);
      return buffer.subarray(0, readSync(file, buffer, 0, SAMPLE_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new AppError('FILE_UNREADABLE', `"${fileName}" cannot be read.`, 'Check that you may read the file.', {
      cause,
    });
  }
}

/** The best-named column whose cells are all filled in these rows; null when none is named like one. */
function subjectFrom(names: string[], rows: string[][]): string | null {
  const fits = names
    .map((name, column) => ({
      name,
      fit: subjectFit(name),
      filled: rows.every((row) => (row[column] ?? '').trim() !== ''),
    }))
    .filter(({ fit, filled }) => fit >= 0 && filled);
  return fits.sort((a, b) => a.fit - b.fit)[0]?.name ?? null;
}

function roleFrom(name: string): string {
  if (subjectFit(name) >= 0) return 'subject';
  if (isSiteName(name)) return 'site';
  return isSplitName(name) ? 'split' : 'feature';
}
