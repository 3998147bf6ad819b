import { PNG } from 'pngjs';
import type { Decoded } from './decoded.ts';

/**
 * An interlaced PNG of fewer than 8 bits per sample, which fast-png misreads: pngjs gives every image as 8-bit red, green, blue and
 * alpha. `palette`: its colours come from a palette.
 */
export function decodeInterlaced(bytes: Uint8Array, depth: number, palette: boolean): Decoded {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const channels = palette ? 3 : 1;
  const samples = new Uint8Array(width * height * channels);
  let clear = false;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = data[pixel * 4 + 3]!;
    if (alpha < 255) clear = true;
    for (let c = 0; c < channels; c++) samples[pixel * channels + c] = Math.round((data[pixel * 4 + c]! * alpha) / 255);
  }
  const stored = palette ? 'palette' : clear ? 'alpha' : 'plain';
  return { format: 'png', width, height, channels, bits: palette ? 8 : depth, samples, stored, dicom: null };
}
