import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import type { ImageSamples } from '../../../main/training/recipes/recipe.ts';
import { sampleData } from '../../acceptance/wardbook.ts';

/** Pixels of a side. */
export const SIDE = 28;
export const CLASSES = ['normal', 'pneumonia'];
/** Where the images and their table of labels lie. */
export const folder = join(sampleData, 'pneumonia-xray');

/** One row of the table of labels; `split` is `train`, `val` or `test`. */
export type Image = { file: string; split: string; label: string };

/** Every image of the data set, in the order of its table. */
export function listed(): Image[] {
  const lines = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => {
    const [file, split, label] = line.split(',') as [string, string, string];
    return { file, split, label };
  });
}

/** The images decoded, as a recipe takes them. */
export function samples(images: Image[]): ImageSamples {
  const each = SIDE * SIDE;
  const bytes = new Uint8Array(images.length * each);
  images.forEach(({ file }, i) => {
    bytes.set(decode(readFileSync(join(folder, file))).data, i * each);
  });
  const read = (at: Int32Array, into = new Uint8Array(at.length * each)): Uint8Array => {
    at.forEach((row, i) => {
      into.set(bytes.subarray(row * each, (row + 1) * each), i * each);
    });
    return into;
  };
  const y = Float64Array.from(images, ({ label }) => CLASSES.indexOf(label));
  return { kind: 'images', rows: images.length, height: SIDE, width: SIDE, channels: 1, y, read };
}
