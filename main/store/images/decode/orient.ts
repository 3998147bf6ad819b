import type { Decoded } from './decoded.ts';

/**
 * An image turned and mirrored as orientation 1 to 8 of EXIF and TIFF asks: the value says where the stored first row and
 * column belong.
 */
export function orient(image: Decoded, orientation: number): Decoded {
  if (orientation < 2 || orientation > 8) return image;
  const { width, height, channels, samples } = image;
  const swapped = orientation >= 5;
  const w = swapped ? height : width;
  const h = swapped ? width : height;
  const out = samples instanceof Uint16Array ? new Uint16Array(samples.length) : new Uint8Array(samples.length);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [sx, sy] = source(orientation, x, y, width, height);
      const from = (sy * width + sx) * channels;
      const to = (y * w + x) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = samples[from + c]!;
    }
  return { ...image, width: w, height: h, samples: out };
}

/** Where in the stored image the pixel shown at x, y comes from. */
function source(orientation: number, x: number, y: number, width: number, height: number): [number, number] {
  switch (orientation) {
    case 2:
      return [width - 1 - x, y];
    case 3:
      return [width - 1 - x, height - 1 - y];
    case 4:
      return [x, height - 1 - y];
    case 5:
      return [y, x];
    case 6:
      return [y, height - 1 - x];
    case 7:
      return [width - 1 - y, height - 1 - x];
    default:
      return [width - 1 - y, x];
  }
}
