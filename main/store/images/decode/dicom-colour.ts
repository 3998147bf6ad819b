import { ImageProblem } from './decoded.ts';
import type { Attributes } from './dicom-attributes.ts';
import type { RawFrame } from './dicom-pixels.ts';
import { tableFrom } from './dicom-tables.ts';

/** Red, green and blue, 8 bits, of a frame with three samples per pixel (PS3.3 C.7.6.3.1.2). */
export function presentColour(stored: Int32Array, frame: RawFrame): Uint8Array {
  const pixels = frame.width * frame.height;
  const top = 2 ** frame.bitsStored - 1;
  const eight = (value: number): number => Math.min(255, Math.max(0, Math.round((value / top) * 255)));
  const out = new Uint8Array(pixels * 3);
  switch (frame.photometric) {
    case 'RGB':
    // Decoders of JPEG 2000 undo the colour transform themselves.
    case 'YBR_ICT':
    case 'YBR_RCT':
      for (let at = 0; at < out.length; at++) out[at] = eight(stored[at]!);
      return out;
    case 'YBR_FULL':
    case 'YBR_FULL_422': {
      const half = stored.length < pixels * 3;
      for (let pixel = 0; pixel < pixels; pixel++) {
        // Two pixels share a blue and a red difference: Y Y Cb Cr.
        const pair = (pixel >> 1) * 4;
        const y = eight(half ? stored[pair + (pixel & 1)]! : stored[pixel * 3]!);
        const cb = eight(half ? stored[pair + 2]! : stored[pixel * 3 + 1]!) - 128;
        const cr = eight(half ? stored[pair + 3]! : stored[pixel * 3 + 2]!) - 128;
        out[pixel * 3] = clamp(y + 1.402 * cr);
        out[pixel * 3 + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
        out[pixel * 3 + 2] = clamp(y + 1.772 * cb);
      }
      return out;
    }
    default:
      throw new ImageProblem('IMAGE_UNSUPPORTED', 'states its colours in a way that is not read here');
  }
}

const clamp = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

export function presentPalette(stored: Int32Array, attributes: Attributes): Uint8Array {
  const tables = ['1', '2', '3'].map((digit) => tableFrom(attributes, `0028110${digit}`, `0028120${digit}`));
  const out = new Uint8Array(stored.length * 3);
  for (const [c, table] of tables.entries()) {
    if (table === null) throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its palette is missing');
    const shift = table.high > 255 ? 8 : 0;
    for (let pixel = 0; pixel < stored.length; pixel++) out[pixel * 3 + c] = table.at(stored[pixel]!) >> shift;
  }
  return out;
}
