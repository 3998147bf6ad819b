import type { Affine } from './affine.ts';
import type { Size } from './augmentation.ts';

/** Displacements to add to the places that an affine map gives, in pixels, one per pixel. */
export type Field = { down: Float32Array; right: Float32Array };

/**
 * Draws the image that a map makes of another, once, by bilinear interpolation; places outside take the nearest edge. `from` is
 * height × width × channels, as bytes; so is `into`, from position `at` on, in 32-bit numbers.
 */
export function resample(
  from: Uint8Array,
  { height, width, channels }: Size,
  [a, b, c, d, e, f]: Affine,
  field: Field | null,
  into: Float32Array,
  at: number,
): void {
  let target = at;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      let y = a * i + b * j + c;
      let x = d * i + e * j + f;
      if (field !== null) {
        y += field.down[i * width + j]!;
        x += field.right[i * width + j]!;
      }
      y = Math.min(Math.max(y, 0), height - 1);
      x = Math.min(Math.max(x, 0), width - 1);
      const top = Math.floor(y);
      const left = Math.floor(x);
      const below = Math.min(top + 1, height - 1);
      const beside = Math.min(left + 1, width - 1);
      const v = y - top;
      const h = x - left;
      const p = (top * width + left) * channels;
      const q = (top * width + beside) * channels;
      const r = (below * width + left) * channels;
      const s = (below * width + beside) * channels;
      for (let k = 0; k < channels; k++) {
        const upper = from[p + k]! + h * (from[q + k]! - from[p + k]!);
        const lower = from[r + k]! + h * (from[s + k]! - from[r + k]!);
        into[target++] = upper + v * (lower - upper);
      }
    }
  }
}
