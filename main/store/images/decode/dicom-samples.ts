import { ImageProblem } from './decoded.ts';
import type { RawFrame } from './dicom-pixels.ts';

/** Stored values of a frame, one number per sample, samples of a pixel together. */
export function readSamples(frame: RawFrame): Int32Array {
  const { width, height, samplesPerPixel, bitsAllocated, bitsStored, highBit, signed } = frame;
  const pixels = width * height;
  const count =
    frame.photometric === 'YBR_FULL_422' && frame.bytes.length < pixels * 3 ? pixels * 2 : pixels * samplesPerPixel;
  const shift = Math.max(0, highBit + 1 - bitsStored);
  const mask = 2 ** bitsStored - 1;
  const sign = 2 ** (bitsStored - 1);
  const view = new DataView(frame.bytes.buffer, frame.bytes.byteOffset, frame.bytes.byteLength);
  if (frame.bytes.length < (count * bitsAllocated) / 8)
    throw new ImageProblem('IMAGE_TRUNCATED', 'is cut off: some of its pixels are missing');
  const out = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    // Explicit big endian swaps 16-bit words; 8-bit pixels in words of 16 come as bytes in order.
    const raw = bitsAllocated === 16 ? view.getUint16(at * 2, !frame.bigEndian) : frame.bytes[at]!;
    const value = (raw >> shift) & mask;
    out[place(frame, at, pixels)] = signed && value >= sign ? value - 2 * sign : value;
  }
  return out;
}

/** Where a sample belongs: planes are woven together. */
function place({ planar, samplesPerPixel }: RawFrame, at: number, pixels: number): number {
  if (!planar || samplesPerPixel === 1) return at;
  return (at % pixels) * samplesPerPixel + Math.floor(at / pixels);
}
