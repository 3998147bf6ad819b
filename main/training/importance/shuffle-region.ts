import type { ImageInputs } from '../recipes/recipe.ts';

/** Regions per side. */
const SIDE = 4;

/** Names of the regions of an image, row by row: `row 1, column 1` is the top left one. */
export const regions: readonly string[] = Array.from(
  { length: SIDE * SIDE },
  (_, k) => `row ${Math.floor(k / SIDE) + 1}, column ${(k % SIDE) + 1}`,
);

export const isRegion = (name: string): boolean => regions.includes(name);

/** The images with one region of each taken from another image: image i shows that of image `order[i]` there. */
export function shuffleRegion(inputs: ImageInputs, region: string, order: Int32Array): ImageInputs {
  const { height, width, channels } = inputs;
  const place = regions.indexOf(region);
  const edge = (k: number, length: number): number => Math.floor((k * length) / SIDE);
  const row = Math.floor(place / SIDE);
  const column = place % SIDE;
  const left = edge(column, width) * channels;
  const right = edge(column + 1, width) * channels;
  const stride = width * channels;
  return {
    ...inputs,
    read(at, into) {
      const images = inputs.read(at, into);
      const others = inputs.read(at.map((i) => order[i]!));
      for (let k = 0; k < at.length; k++) {
        for (let y = edge(row, height); y < edge(row + 1, height); y++) {
          const line = (k * height + y) * stride;
          images.set(others.subarray(line + left, line + right), line + left);
        }
      }
      return images;
    },
  };
}
