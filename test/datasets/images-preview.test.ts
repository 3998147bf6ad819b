import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { previewFolder } from '../../main/datasets/images/preview-folder.ts';
import { testFolder } from './support.ts';

const folder = testFolder();
const fixtures = join(import.meta.dirname, 'fixtures', 'images');
const handle = 'f'.repeat(32);

function put(root: string, path: string, picture: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  copyFileSync(join(fixtures, picture), join(root, path));
}

test('the preview counts images, formats and classes, proposes the subject column and lists what it knows is left out', () => {
  const root = join(folder, 'Ward 7 (films)');
  put(root, 'a.png', 'grey-8.png');
  put(root, 'b.jpg', 'rgb-444.jpg');
  put(root, 'c', 'grey-16.png');
  put(root, 'd.png', 'grey-8.png');
  writeFileSync(
    join(root, 'labels.csv'),
    'file,patient,finding\na.png,1,sick\nb.jpg,2,well\nc,3,well\ngone.png,4,well\n',
  );
  const preview = previewFolder(root, handle);
  expect(preview).toMatchObject({
    kind: 'images',
    folderName: 'Ward 7 (films)',
    suggestedName: 'ward-7-films',
    images: 3,
    formats: [
      { format: 'png', count: 2 },
      { format: 'jpeg', count: 1 },
    ],
    labels: { from: 'table', table: 'labels.csv' },
    columns: ['patient', 'finding'],
    suggestedSubject: 'patient',
    classes: {
      column: 'finding',
      levels: [
        { level: 'well', count: 2 },
        { level: 'sick', count: 1 },
      ],
      other: 0,
    },
    skippedCount: 2,
  });
  expect(preview.skipped.map(({ path, code }) => [path, code])).toEqual([
    ['gone.png', 'FILE_MISSING'],
    ['d.png', 'LABEL_MISSING'],
  ]);
  expect(JSON.stringify(preview)).not.toContain(folder);
});

test('class folders are no columns that could name a person; a subject column with an empty cell is not proposed', () => {
  const classes = join(folder, 'classes');
  put(classes, 'sick/a.png', 'grey-8.png');
  put(classes, 'well/b.png', 'grey-8.png');
  expect(previewFolder(classes, handle)).toMatchObject({
    labels: { from: 'folders', table: null },
    columns: [],
    suggestedSubject: null,
    classes: { column: 'label' },
  });
  const gaps = join(folder, 'gaps');
  put(gaps, 'a.png', 'grey-8.png');
  put(gaps, 'b.png', 'grey-8.png');
  writeFileSync(join(gaps, 'labels.csv'), 'file,patient_id,label\na.png,,x\nb.png,2,y\n');
  expect(previewFolder(gaps, handle).suggestedSubject).toBeNull();
});
