import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { importImages } from '../../main/datasets/images/import-images.ts';
import { findVersion, type StoredVersion } from '../../main/store/datasets.ts';
import { openImages } from '../../main/store/images/open-images.ts';
import { trainingPixels } from '../../main/store/images/training-pixels.ts';
import type { Vault } from '../../main/store/vault.ts';
import { noSubject, testFolder, testVault } from './support.ts';

const folder = testFolder();
let vault: Vault;
let version: StoredVersion;

/** A grey PNG of one brightness, so that every pixel of a square made of it is known. */
function flat(width: number, height: number, value: number, depth: 8 | 16 = 8): Uint8Array {
  const Data = depth === 16 ? Uint16Array : Uint8Array;
  return encode({ width, height, depth, channels: 1, data: new Data(width * height).fill(value) });
}

beforeAll(async () => {
  const root = join(folder, 'images');
  for (const name of ['no', 'yes']) mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, 'no', '0.png'), flat(8, 8, 40));
  writeFileSync(join(root, 'no', '1.png'), flat(40, 20, 200));
  writeFileSync(join(root, 'yes', '2.png'), flat(10, 20, 90));
  writeFileSync(join(root, 'yes', '3.png'), flat(8, 8, 2048, 16));
  for (let i = 4; i < 70; i++) writeFileSync(join(root, 'yes', `${i}.png`), flat(8, 8, i));
  vault = testVault(folder);
  await importImages(vault, { path: root, name: 'squares', kind: 'images', subject: noSubject });
  version = findVersion(vault.db, 'squares', null);
});

const at = (...rows: number[]) => Int32Array.from(rows);
const all = (): Int32Array => Int32Array.from({ length: version.rows }, (_, row) => row);
const cacheFiles = (): string[] => readdirSync(join(vault.dir, 'cache', 'pixels'));

test('an image dataset is a table with one row per image, and gives each file back as it was', () => {
  const images = openImages(vault.dir, version);
  expect(images.count).toBe(70);
  expect(images.info(1)).toMatchObject({ width: 40, height: 20, channels: 1, bits: 8, format: 'png' });
  const order = readdirSync(join(folder, 'images', 'yes')).sort();
  expect(images.original(2)).toEqual(Uint8Array.from(readFileSync(join(folder, 'images', 'yes', order[0]!))));
  expect(() => images.info(70)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  images.close();
});

test('squares keep proportions, centred on black, and 16-bit values are divided by the white of the whole dataset', async () => {
  expect(version.images?.white).toBe(4095);
  const pixels = await trainingPixels(vault.dir, version, all(), { size: 4, channels: 1 });
  const [flat8, wide] = [pixels.read(at(0)), pixels.read(at(1))];
  expect([...flat8]).toEqual(new Array(16).fill(40));
  expect([...wide]).toEqual([0, 0, 0, 0, ...new Array(8).fill(200), 0, 0, 0, 0]);
  const order = readdirSync(join(folder, 'images', 'yes')).sort();
  const tall = pixels.read(at(2 + order.indexOf('2.png')));
  expect([...tall]).toEqual([0, 90, 90, 0, 0, 90, 90, 0, 0, 90, 90, 0, 0, 90, 90, 0]);
  const deep = pixels.read(at(2 + order.indexOf('3.png')));
  expect([...deep]).toEqual(new Array(16).fill(Math.round((2048 / 4095) * 255)));
  pixels.close();
});

test('three channels of a grey image are that grey three times; read fills the buffer it is given', async () => {
  const pixels = await trainingPixels(vault.dir, version, at(1, 0), { size: 2, channels: 3 });
  const into = new Uint8Array(2 * 2 * 2 * 3);
  expect(pixels.read(at(1, 0), into)).toBe(into);
  expect([...into.subarray(0, 12)]).toEqual(new Array(12).fill(40));
  expect({ height: pixels.height, width: pixels.width, channels: pixels.channels }).toEqual({
    height: 2,
    width: 2,
    channels: 3,
  });
  pixels.close();
});

test('the second call reads what the first one kept; a file that was changed or cut off is made anew', async () => {
  let decoded = 0;
  const count = (done: number): void => {
    decoded = done;
  };
  const first = await trainingPixels(vault.dir, version, all(), { size: 6, channels: 1 }, count);
  expect(decoded).toBe(70);
  const expected = first.read(all());
  const before = new Set(cacheFiles());
  decoded = 0;
  const second = await trainingPixels(vault.dir, version, all(), { size: 6, channels: 1 }, count);
  expect(decoded).toBe(0);
  expect(second.read(all())).toEqual(expected);
  // A part of at least half of the rows finds the whole.
  await trainingPixels(vault.dir, version, all().slice(0, 40), { size: 6, channels: 1 }, count);
  expect(decoded).toBe(0);

  const path = join(
    vault.dir,
    'cache',
    'pixels',
    [...before].find((name) => statSync(join(vault.dir, 'cache', 'pixels', name)).size === 64 + 70 * 36)!,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const bytes = readFileSync(path);
  bytes[100]! ^= 1;
  writeFileSync(path, bytes);
  const third = await trainingPixels(vault.dir, version, all(), { size: 6, channels: 1 }, count);
  expect(decoded).toBe(70);
  expect(third.read(all())).toEqual(expected);
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  decoded = 0;
  const fourth = await trainingPixels(vault.dir, version, all(), { size: 6, channels: 1 }, count);
  expect(decoded).toBe(70);
  expect(fourth.read(all())).toEqual(expected);
  expect(cacheFiles().filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a table has no images to open', () => {
  expect(() => openImages(vault.dir, { ...version, images: null })).toThrow(
    expect.objectContaining({ code: 'KIND_UNSUPPORTED' }),
  );
  expect(existsSync(join(vault.dir, 'cache'))).toBe(true);
});
