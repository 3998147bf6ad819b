import { type Picture, resample } from './resample.ts';

/** Side of the grey copy that stands for an image when images are compared. */
export const COPY_SIDE = 32;
export const COPY_BYTES = COPY_SIDE * COPY_SIDE;
/** Lowest frequencies per axis that the hash is made of. */
const FREQUENCIES = 8;
export const HASH_BYTES = (FREQUENCIES * FREQUENCIES) / 8;

/** A grey picture stretched to 32 × 32. */
export const greyCopy = (grey: Picture): Uint8Array => resample(grey, COPY_SIDE, COPY_SIDE).samples;

const cosines = Float64Array.from({ length: FREQUENCIES * COPY_SIDE }, (_, at) => {
  const frequency = Math.floor(at / COPY_SIDE);
  return Math.cos((Math.PI * frequency * ((at % COPY_SIDE) + 0.5)) / COPY_SIDE);
});

/**
 * Perceptual hash of a 32 × 32 grey copy, 64 bits: of its discrete cosine transform (type II) the 8 × 8 lowest frequencies, each
 * a 1 where it lies above their median, the mean brightness left out of that median. Pictures that look the same differ in few
 * bits, whatever their size, compression and overall brightness.
 */
export function imageHash(copy: Uint8Array): Uint8Array {
  const rows = new Float64Array(COPY_SIDE * FREQUENCIES);
  for (let y = 0; y < COPY_SIDE; y++)
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let x = 0; x < COPY_SIDE; x++) sum += copy[y * COPY_SIDE + x]! * cosines[u * COPY_SIDE + x]!;
      rows[y * FREQUENCIES + u] = sum;
    }
  const levels = new Float64Array(FREQUENCIES * FREQUENCIES);
  for (let v = 0; v < FREQUENCIES; v++)
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < COPY_SIDE; y++) sum += rows[y * FREQUENCIES + u]! * cosines[v * COPY_SIDE + y]!;
      levels[v * FREQUENCIES + u] = sum;
    }
  const sorted = levels.slice(1).sort();
  const median = sorted[sorted.length >> 1]!;
  const hash = new Uint8Array(HASH_BYTES);
  for (let at = 0; at < levels.length; at++) if (levels[at]! > median) hash[at >> 3]! |= 1 << (at & 7);
  return hash;
}
