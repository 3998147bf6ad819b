import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { listImages } from '../../main/datasets/images/list-images.ts';
import { readThumbnails } from '../../main/datasets/images/read-thumbnails.ts';
import { showImage } from '../../main/datasets/images/show-image.ts';
import { findVersion, type StoredVersion } from '../../main/store/datasets.ts';
import { testFolder, testVault } from './support.ts';

const folder = testFolder();
const vault = testVault(folder);
let version: StoredVersion;

/** Colour images of 20 × 10; sample `at` of each image is its number. */
const samplesOf = (image: number): Uint8Array => new Uint8Array(20 * 10 * 3).fill(image * 20);

beforeAll(async () => {
  const root = join(folder, 'films');
  mkdirSync(root);
  const rows = ['file,patient_id,email,remarks,age,finding,split'];
  for (let image = 0; image < 8; image++) {
    const name = `film-${image}.png`;
    writeFileSync(join(root, name), encode({ width: 20, height: 10, channels: 3, data: samplesOf(image) }));
    const finding = image === 7 ? '' : image % 2 === 0 ? 'nodule' : 'clear';
    const words = `the film of visit ${image} shows what was to be expected`;
    rows.push(
      `${name},P${image},p${image}@ward.example,${words},${40 + image},${finding},${image < 5 ? 'train' : 'test'}`,
    );
  }
  writeFileSync(join(root, 'labels.csv'), `${rows.join('\n')}\n`);
  const subject = { kind: 'column', column: 'patient_id', exact: false } as const;
  await importImages(vault, { path: root, name: 'films', kind: 'images', subject });
  version = findVersion(vault.db, 'films', null);
});

test('images are filtered by class and by part, and each level says how many images it has', () => {
  const all = listImages(vault.dir, version, []);
  expect([...all.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(all.filters).toEqual([
    {
      column: 'finding',
      what: 'class',
      levels: [
        { level: 'nodule', count: 4 },
        { level: 'clear', count: 3 },
      ],
    },
    {
      column: 'split',
      what: 'split',
      levels: [
        { level: 'train', count: 5 },
        { level: 'test', count: 3 },
      ],
    },
  ]);
  const where = [
    { column: 'finding', level: 'nodule' },
    { column: 'split', level: 'train' },
  ];
  expect([...listImages(vault.dir, version, where).rows]).toEqual([0, 2, 4]);
  expect(() => listImages(vault.dir, version, [{ column: 'email', level: 'p1@ward.example' }])).toThrow(
    'Images cannot be filtered by that column.',
  );
});

test('thumbnails hold the samples of the rows asked for, in that order, and the class of each', () => {
  const thumbnails = readThumbnails(vault.dir, version, [6, 1, 7]);
  expect(thumbnails.map(({ row, label }) => [row, label])).toEqual([
    [6, 'nodule'],
    [1, 'clear'],
    [7, null],
  ]);
  for (const { row, width, height, channels, samples } of thumbnails) {
    expect([width, height, channels]).toEqual([20, 10, 3]);
    expect(samples).toEqual(samplesOf(row));
  }
  expect(() => readThumbnails(vault.dir, version, [8])).toThrow('no image number 8');
});

test('a larger view is the decoded image in a black square, with no cell that could name a person', async () => {
  const view = await showImage(vault.dir, version, 3);
  expect(view).toMatchObject({ width: 20, height: 10, bits: 8, format: 'png' });
  const { picture } = view;
  expect([picture.width, picture.height, picture.channels]).toEqual([20, 20, 3]);
  const line = 20 * 3;
  expect(picture.samples.subarray(5 * line, 15 * line)).toEqual(samplesOf(3));
  expect(picture.samples.subarray(0, 5 * line).every((sample) => sample === 0)).toBe(true);
  expect(view.cells).toEqual([
    { column: 'age', value: '43' },
    { column: 'finding', value: 'clear' },
    { column: 'split', value: 'train' },
  ]);
});
