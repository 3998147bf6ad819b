import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { datasetOperations } from '../../main/datasets/operations.ts';
import { findVersion } from '../../main/store/datasets.ts';
import { openImages } from '../../main/store/images/open-images.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import type { SkippedFile } from '../../shared/model/dataset.ts';
import { notRun } from '../not-run.ts';
import { hasSampleData, noSubject, sampleData, testFolder, testVault, vaultState } from './support.ts';

const folder = testFolder();
const fixtures = join(import.meta.dirname, 'fixtures', 'images');
const code = (value: string) => expect.objectContaining({ code: value });
let folders = 0;

/** A folder with files by name: a text, bytes, or the name of a fixture after `=`. */
function make(files: Record<string, string | Uint8Array>): string {
  const root = join(folder, `case-${++folders}`);
  for (const [path, content] of Object.entries(files)) {
    const to = join(root, path);
    mkdirSync(join(to, '..'), { recursive: true });
    if (typeof content === 'string' && content.startsWith('=')) copyFileSync(join(fixtures, content.slice(1)), to);
    else writeFileSync(to, content);
  }
  return root;
}

const listed = (skipped: SkippedFile[]): Record<string, string> =>
  Object.fromEntries(skipped.map(({ path, code }) => [path, code]));

test('every bad file and label is named with its reason, and the rest is imported as one version', async () => {
  const root = make({
    'images/good.png': '=grey-8.png',
    'images/deep.png': '=grey-16.png',
    'images/ink.jpg': '=cmyk.jpg',
    'images/twice-alike.png': '=rgb-8.png',
    'images/twice-apart.png': '=rgba.png',
    'images/empty.png': '',
    'images/text.png': 'this is no picture, whatever its name says\n',
    'images/cut.png': readFileSync(join(fixtures, 'rgb-8.png')).subarray(0, 90),
    'images/cut.jpg': readFileSync(join(fixtures, 'rgb-444.jpg')).subarray(0, 900),
    'images/cut.dcm': readFileSync(join(fixtures, 'explicit.dcm')).subarray(0, -20),
    'images/frames.dcm': '=frames.dcm',
    'images/other.gif': 'GIF89a',
    'images/no-label.png': '=palette-4.png',
    'labels.csv': [
      'file,label',
      ...[
        'good.png,0',
        'deep.png,1',
        'ink.jpg,0',
        'twice-alike.png,1',
        'twice-alike.png,1',
        'twice-apart.png,0',
        'twice-apart.png,1',
      ],
      ...[
        'empty.png,0',
        'text.png,1',
        'cut.png,0',
        'cut.jpg,0',
        'cut.dcm,1',
        'frames.dcm,1',
        'other.gif,0',
        'not-there.png,1',
      ],
      '../../outside.png,1',
      ',0',
    ].join('\n'),
  });
  const vault = testVault(folder, 'bad');
  const version = await importImages(vault, { path: root, name: 'bad', kind: 'images', subject: noSubject });
  expect(listed(version.skipped)).toEqual({
    'images/twice-alike.png': 'LABEL_REPEATED',
    'images/twice-apart.png': 'LABELS_CONFLICT',
    'images/empty.png': 'FILE_EMPTY',
    'images/text.png': 'NOT_AN_IMAGE',
    'images/cut.png': 'IMAGE_TRUNCATED',
    'images/cut.jpg': 'IMAGE_TRUNCATED',
    'images/cut.dcm': 'IMAGE_TRUNCATED',
    'images/frames.dcm': 'MULTI_FRAME',
    'images/other.gif': 'IMAGE_UNSUPPORTED',
    'images/no-label.png': 'LABEL_MISSING',
    'not-there.png': 'FILE_MISSING',
    '../../outside.png': 'FILE_MISSING',
    'row 18': 'FILE_MISSING',
  });
  for (const { reason } of version.skipped) expect(reason).toMatch(/^(is|holds|names|has|lies) /);
  expect(version).toMatchObject({ kind: 'images', rows: 4 });
  const message = (wanted: string) => version.warnings.find((warning) => warning.code === wanted)?.message;
  expect(message('FILES_SKIPPED')).toContain('3 cut off');
  expect(message('IMAGES_CONVERTED')).toMatch(/1 image holds more than 8 bits.*1 image is in CMYK/);

  const stored = findVersion(vault.db, 'bad', 1);
  expect(stored.skipped).toEqual(version.skipped);
  const table = openTable(vault.dir, stored);
  const files = table.column('file');
  const label = table.column('label');
  const names = files.kind === 'levels' ? [...files.codes].map((at) => files.dictionary[at]) : [];
  expect(names).toEqual(['images/good.png', 'images/deep.png', 'images/ink.jpg', 'images/twice-alike.png']);
  expect(label.kind === 'numeric' ? [...label.values] : []).toEqual([0, 1, 0, 1]);
  const images = openImages(vault.dir, stored);
  expect(Buffer.from(images.original(2)).equals(readFileSync(join(fixtures, 'cmyk.jpg')))).toBe(true);
  expect(datasetOperations['datasets.verify'](vault, { name: 'bad', version: null })).toMatchObject({ valid: true });
  images.close();
  table.close();
});

describe('a folder that gives no dataset is refused, and the vault stays as it was', () => {
  const vault = testVault(folder, 'refused');
  const cases: [title: string, expected: string, files: Record<string, string | Uint8Array>][] = [
    ['no image at all', 'IMAGES_UNREADABLE', { 'notes.txt': 'nothing', 'a/b.csv': 'x,y\n1,2\n' }],
    ['no image that can be read', 'IMAGES_UNREADABLE', { 'a/1.png': '', 'b/2.png': 'text' }],
    [
      'no label for any image',
      'IMAGES_UNREADABLE',
      { '1.png': '=grey-8.png', 'labels.csv': 'file,label\nother.png,1\n' },
    ],
    ['neither labels nor class folders', 'LABELS_NOT_FOUND', { '1.png': '=grey-8.png', '2.png': '=rgb-8.png' }],
    [
      'several tables',
      'LABELS_NOT_FOUND',
      { '1.png': '=grey-8.png', 'a.csv': 'file,x\n1.png,1\n', 'b.csv': 'file,x\n1.png,1\n' },
    ],
    [
      'no column that names files',
      'COLUMN_NOT_FOUND',
      { '1.png': '=grey-8.png', 'labels.csv': 'weight,label\n70,1\n80,0\n' },
    ],
    ['a labels table of one column', 'TABLE_ONE_COLUMN', { '1.png': '=grey-8.png', 'labels.csv': 'file\n1.png\n' }],
    ['a ragged labels table', 'TABLE_RAGGED', { '1.png': '=grey-8.png', 'labels.csv': 'file,label\n1.png\n' }],
    ['an empty labels table', 'FILE_EMPTY', { '1.png': '=grey-8.png', 'labels.csv': '' }],
    [
      'a workbook named labels.csv',
      'FILE_BINARY',
      { '1.png': '=grey-8.png', 'labels.csv': Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0) },
    ],
  ];
  test.each(cases)('%s', async (_title, expected, files) => {
    const before = vaultState(vault);
    const request = { path: make(files), name: 'refused', kind: 'images', subject: noSubject } as const;
    await expect(importImages(vault, request)).rejects.toEqual(code(expected));
    expect(vaultState(vault)).toEqual(before);
  });

  test('no folder there, a labels table that is not there, a subject column that names the files', async () => {
    const root = make({ 'a/1.png': '=grey-8.png', 'b/2.png': '=rgb-8.png' });
    const request = { name: 'refused', kind: 'images', subject: noSubject } as const;
    await expect(importImages(vault, { ...request, path: join(folder, 'nowhere') })).rejects.toEqual(
      code('FILE_NOT_FOUND'),
    );
    await expect(importImages(vault, { ...request, path: root, labels: 'nowhere.csv' })).rejects.toEqual(
      code('FILE_NOT_FOUND'),
    );
    const subject = { kind: 'column', column: 'file', exact: false } as const;
    await expect(importImages(vault, { ...request, path: root, subject })).rejects.toEqual(code('INPUT_INVALID'));
  });

  test('a cancelled import', async () => {
    const before = vaultState(vault);
    const stop = new AbortController();
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i % 2}/${i}.png`, '=rgb-8.png']));
    const request = { path: make(many), name: 'cancelled', kind: 'images', subject: noSubject } as const;
    const onProgress = () => stop.abort();
    await expect(importImages(vault, { ...request, signal: stop.signal, onProgress })).rejects.toEqual(
      code('IMPORT_CANCELLED'),
    );
    expect(vaultState(vault)).toEqual(before);
    expect(readdirSync(join(vault.dir, 'datasets')).filter((name) => name.startsWith('import-'))).toEqual([]);
  });
});

describe('with the sample data', () => {
  if (!hasSampleData) {
    notRun('DICOM folder, X-rays of 48 patients, 5,030 small X-rays', '../shared/data is not there');
    return;
  }
  const vault = testVault(folder, 'sample');

  test('all DICOM files are read but the one that is cut off', async () => {
    const version = await importImages(vault, {
      path: join(sampleData, 'dicom'),
      name: 'dicom',
      kind: 'dicom',
      subject: noSubject,
    });
    expect(version.rows).toBe(7);
    expect(version.skipped).toEqual([
      { path: 'MR_truncated.dcm', code: 'IMAGE_TRUNCATED', reason: 'is cut off: some of its pixels are missing' },
    ]);
    expect(version.columns.map(({ name }) => name)).toContain('patient_id');
    expect(version.columns.find(({ name }) => name === 'patient_id')?.role).toBe('identifier');
    expect(version.warnings.map((warning) => warning.code)).toContain('BURNED_IN_TEXT');
  });

  test('X-rays named by their patient: 55 images, 48 patients, and one picture that two patients share', async () => {
    const subject = { kind: 'column', column: 'patientid', exact: false } as const;
    const version = await importImages(vault, {
      path: join(sampleData, 'covid-cxr'),
      name: 'covid',
      kind: 'images',
      subject,
    });
    expect(version).toMatchObject({ rows: 55, subjects: 48, skipped: [] });
    expect(version.columns.filter(({ type }) => type === 'image').map(({ name, role }) => [name, role])).toEqual([
      ['image', 'feature'],
    ]);
    expect(version.images?.nearDuplicates).toEqual({ pairs: 1, ofTwoPersons: 1 });
  });

  test('5,030 small X-rays with their split column; 30 pairs look the same', async () => {
    const version = await importImages(vault, {
      path: join(sampleData, 'pneumonia-xray'),
      name: 'pneumonia',
      kind: 'images',
      subject: noSubject,
    });
    expect(version).toMatchObject({
      rows: 5030,
      skipped: [],
      images: { nearDuplicates: { pairs: 30, ofTwoPersons: null } },
    });
    expect(version.columns.map(({ name, role }) => [name, role])).toEqual([
      ['file', 'feature'],
      ['split', 'split'],
      ['label', 'target'],
    ]);
  });
});
