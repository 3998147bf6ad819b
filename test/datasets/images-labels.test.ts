import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { findVersion } from '../../main/store/datasets.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import { noSubject, testFolder, testVault } from './support.ts';

const folder = testFolder();
const fixtures = join(import.meta.dirname, 'fixtures', 'images');
const vault = testVault(folder);
let folders = 0;

function make(files: string[], tables: Record<string, string> = {}): string {
  const root = join(folder, `folder-${++folders}`);
  const pictures = ['grey-8.png', 'rgb-8.png', 'grey-16.png', 'palette-4.png', 'rgb-444.jpg', 'explicit.dcm'];
  for (const [at, path] of files.entries()) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    copyFileSync(join(fixtures, pictures[at % pictures.length]!), join(root, path));
  }
  for (const [path, text] of Object.entries(tables)) writeFileSync(join(root, path), text);
  return root;
}

const load = (path: string, name: string, more: { labels?: string } = {}): Promise<DatasetVersion> =>
  importImages(vault, { path, name, kind: 'images', subject: noSubject, ...more });

/** Rows of a version as texts, column by column. */
function rowsOf(name: string): string[][] {
  const version = findVersion(vault.db, name, null);
  const table = openTable(vault.dir, version);
  const columns = table.columns.map((column) => {
    const cells = table.column(column.name);
    return cells.kind === 'numeric'
      ? [...cells.values].map(String)
      : [...cells.codes].map((at) => cells.dictionary[at] ?? '');
  });
  table.close();
  return Array.from({ length: version.rows }, (_, row) => columns.map((cells) => cells[row]!));
}

test('class folders give a label, and train, val and test above them a split', async () => {
  await load(make(['sick/a.png', 'well/b.png', 'well/deeper/c.png']), 'classes');
  expect(rowsOf('classes')).toEqual([
    ['sick/a.png', 'sick'],
    ['well/b.png', 'well'],
    ['well/deeper/c.png', 'well'],
  ]);
  await load(make(['Training/sick/a.png', 'Training/well/b.png', 'validation/sick/c.png', 'test/well/d.png']), 'split');
  expect(rowsOf('split').map((row) => row.slice(1))).toEqual([
    ['train', 'sick'],
    ['train', 'well'],
    ['test', 'well'],
    ['val', 'sick'],
  ]);
  const version = findVersion(vault.db, 'split', null);
  expect(version.columns.map(({ name, type, role }) => [name, type, role])).toEqual([
    ['file', 'image', 'feature'],
    ['split', 'category', 'split'],
    ['label', 'category', 'target'],
  ]);
  expect(version.subjects).toBe(null);
});

test('files are found from the table, from the folder, below images/, without their extension and whatever the case', async () => {
  const files = ['images/one.png', 'images/two.PNG', 'three.png', 'sub/four.png', 'images/five.png'];
  const rows = ['one.png,a', 'images/two.png,b', './three.png,a', 'sub\\four.png,b', 'five,a'];
  await load(make(files, { 'metadata.csv': ['path,class', ...rows].join('\n') }), 'paths');
  expect(rowsOf('paths').map(([path]) => path)).toEqual(files);
});

test('a column of ids that name the files stays, and a column of images is put in front of it', async () => {
  const root = make(['images/P1.png', 'images/P2.png'], { 'labels.csv': 'patient_id,label\nP1,1\nP2,0\n' });
  await load(root, 'ids');
  expect(rowsOf('ids')).toEqual([
    ['images/P1.png', 'P1', '1'],
    ['images/P2.png', 'P2', '0'],
  ]);
});

test('a labels table is named with --labels, may lie elsewhere, and keeps its delimiter and decimal mark', async () => {
  const root = make(['1.png', '2.png'], { 'a.csv': 'file;dose\n1.png;0,5\n2.png;1,25\n', 'b.csv': 'x,y\n1,2\n' });
  const version = await load(root, 'named', { labels: 'a.csv' });
  expect(version.format).toMatchObject({ delimiter: ';', decimal: ',' });
  expect(rowsOf('named')).toEqual([
    ['1.png', '0.5'],
    ['2.png', '1.25'],
  ]);
  const elsewhere = join(folder, 'elsewhere.csv');
  writeFileSync(elsewhere, 'file,label\n1.png,0\n2.png,1\n');
  await load(root, 'elsewhere', { labels: elsewhere });
  expect(rowsOf('elsewhere')).toHaveLength(2);
});

test('the same folder again makes no version; another byte in one image, or another label, makes the next', async () => {
  const root = make(['a/1.png', 'b/2.png']);
  expect((await load(root, 'again')).version).toBe(1);
  expect((await load(root, 'again')).version).toBe(1);
  copyFileSync(join(fixtures, 'rgba.png'), join(root, 'b', '2.png'));
  const changed = await load(root, 'again');
  expect(changed.version).toBe(2);
  expect(changed.hash).not.toBe(findVersion(vault.db, 'again', 1).hash);
});

test('a folder of DICOM files without labels has the columns that the files state', async () => {
  const root = join(folder, 'headers');
  mkdirSync(root);
  for (const name of ['explicit.dcm', 'rgb.dcm'])
    copyFileSync(join(fixtures, name), join(root, name.replace('.dcm', '')));
  const version = await importImages(vault, {
    path: root,
    name: 'headers',
    kind: 'dicom',
    subject: { kind: 'column', column: 'patient_id', exact: false },
  });
  expect(version).toMatchObject({ rows: 2, subjects: 1 });
  expect(rowsOf('headers')).toEqual([
    ['explicit', 'made-up', 'CT'],
    ['rgb', 'made-up', 'CT'],
  ]);
});
