import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fitSquare, fitWithin, resample } from '../../main/store/images/resample.ts';

type Case = { from: [number, number]; to: [number, number]; channels: 1 | 3; input: string; output: string };
/** Pillow's BOX (whole factors), BILINEAR (larger) and area means with parts of pixels by numpy (tools/image-references.py). */
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'resample.json'), 'utf8')) as {
  cases: Record<string, Case>;
};

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

test.each(Object.keys(cases))('%s: as the reference, within one level', (name) => {
  const { from, to, channels, input, output } = cases[name]!;
  const out = resample({ width: from[0], height: from[1], channels, samples: bytes(input) }, to[0], to[1]);
  const expected = bytes(output);
  expect(out.samples.length).toBe(expected.length);
  let worst = 0;
  for (let at = 0; at < expected.length; at++) worst = Math.max(worst, Math.abs(expected[at]! - out.samples[at]!));
  expect(worst).toBeLessThanOrEqual(1);
});

test('a flat picture stays flat in any size', () => {
  for (const [width, height] of [
    [3, 5],
    [28, 28],
    [101, 7],
  ] as const)
    for (const size of [1, 4, 13, 64]) {
      const samples = new Uint8Array(width * height).fill(201);
      expect(new Set(resample({ width, height, channels: 1, samples }, size, size).samples)).toEqual(new Set([201]));
    }
});

test('a square keeps the proportions; a thumbnail is never larger than the picture', () => {
  const wide = { width: 9, height: 3, channels: 1 as const, samples: new Uint8Array(27).fill(8) };
  expect([...fitSquare(wide, 3).samples]).toEqual([0, 0, 0, 8, 8, 8, 0, 0, 0]);
  expect(fitWithin(wide, 128)).toBe(wide);
  expect(fitWithin(wide, 3)).toMatchObject({ width: 3, height: 1 });
});
