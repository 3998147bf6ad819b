import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../main/store/images/decode/decode-image.ts';

/** Files and the pixels that Pillow, tifffile and pydicom read from them (tools/image-references.py). */
const folder = join(import.meta.dirname, 'fixtures', 'images');
type Reference = {
  width: number;
  height: number;
  channels: number;
  bits: number;
  tolerance: number;
  type: string;
  values: string;
};
const { images } = JSON.parse(readFileSync(join(folder, 'references.json'), 'utf8')) as {
  images: Record<string, Reference>;
};

const bytesOf = (name: string): Uint8Array => Uint8Array.from(readFileSync(join(folder, name)));

function expected({ values, type }: Reference): Uint8Array | Uint16Array {
  const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
  return type === 'uint16' ? new Uint16Array(bytes.buffer) : bytes;
}

describe('every pixel is what an independent program reads', () => {
  test.each(Object.keys(images))('%s', async (name) => {
    const reference = images[name]!;
    const { width, height, channels, bits, samples } = await decodeImage(bytesOf(name));
    expect({ width, height, channels, bits }).toEqual({
      width: reference.width,
      height: reference.height,
      channels: reference.channels,
      bits: reference.bits,
    });
    const wanted = expected(reference);
    expect(samples.length).toBe(wanted.length);
    let worst = 0;
    for (let at = 0; at < wanted.length; at++) worst = Math.max(worst, Math.abs(samples[at]! - wanted[at]!));
    expect(worst).toBeLessThanOrEqual(reference.tolerance);
  });
});

test('a DICOM file with several frames is refused with their number', async () => {
  await expect(decodeImage(bytesOf('frames.dcm'))).rejects.toMatchObject({
    code: 'MULTI_FRAME',
    reason: expect.stringContaining('2 frames'),
  });
});

test('burned-in text is said where the file says it, and asked about where such files often have it', async () => {
  const said = async (name: string) => (await decodeImage(bytesOf(name))).dicom?.burnedInText;
  expect(await said('burned-in.dcm')).toBe('yes');
  expect(await said('not-burned-in.dcm')).toBe('no');
  expect(await said('rgb.dcm')).toBe('unsaid');
  expect(await said('explicit.dcm')).toBe('unlikely');
});

test('16-bit, CMYK, palette and transparent files are known as such', async () => {
  const stored = async (name: string) => (await decodeImage(bytesOf(name))).stored;
  expect(await stored('cmyk.jpg')).toBe('CMYK');
  expect(await stored('cmyk.tif')).toBe('CMYK');
  expect(await stored('palette-4.png')).toBe('palette');
  expect(await stored('rgba.png')).toBe('alpha');
});

test('a file that is cut off anywhere is refused, or gives the whole picture', async () => {
  for (const name of readdirSync(folder).filter((one) => one !== 'references.json')) {
    const whole = bytesOf(name);
    for (const share of [0.02, 0.3, 0.6, 0.9]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(decodeImage(cut), `${name} at ${share}`).rejects.toMatchObject({ name: 'ImageProblem' });
    }
  }
});
