import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { type PixelsVersion, type TrainingPixels, trainingPixels } from '../../store/images/training-pixels.ts';
import { AUTO_SIDE } from '../recipes/image-params.ts';
import type { ImageInputs } from '../recipes/recipe.ts';
import type { Preparation } from './preparation.ts';

/** How images become a network's input, kept as preprocessing.json: the same for every dataset that the model is applied to. */
export const imagePreprocessing = z.strictObject({
  version: z.literal(1),
  images: z.strictObject({
    /** Side of the square in pixels. */
    size: z.int().positive(),
    channels: z.union([z.literal(1), z.literal(3)]),
    /** 16-bit values are divided by this before they become 8 bits. */
    white: z.int().positive(),
  }),
});
export type ImagePreprocessing = z.infer<typeof imagePreprocessing>;

/** Chosen from the params and the dataset; grey where every image is. KIND_UNSUPPORTED for a table. */
export function chooseImagePreprocessing(
  version: PixelsVersion,
  params: Record<string, ParamValue>,
): ImagePreprocessing {
  const { images } = version;
  if (images === null)
    throw new AppError('KIND_UNSUPPORTED', 'This recipe learns from images; the dataset is a table.');
  const longest = Math.max(images.width.max, images.height.max);
  const size = Number(params.size ?? 0);
  return {
    version: 1,
    images: {
      size: size > 0 ? size : Math.min(longest, AUTO_SIDE),
      channels: images.colour > 0 ? 3 : 1,
      white: images.white,
    },
  };
}

/** Decoded images of some rows of a dataset. */
export type Pixels = { document: ImagePreprocessing; pixels: TrainingPixels; position: Map<number, number> };

/** Decodes the images of these rows, or finds them decoded by an earlier run; `progress` hears images done and all. */
export async function openPixels(
  vaultDir: string,
  version: PixelsVersion,
  rows: Int32Array,
  document: ImagePreprocessing,
  progress?: (done: number, all: number) => void,
): Promise<Pixels> {
  const { size, channels, white } = document.images;
  const images = version.images === null ? null : { ...version.images, white };
  const pixels = await trainingPixels(vaultDir, { ...version, images }, rows, { size, channels }, progress);
  return { document, pixels, position: new Map(Array.from(rows, (row, at) => [row, at])) };
}

export function prepareImages({ document, pixels, position }: Pixels): Preparation<ImageInputs, ImagePreprocessing> {
  return {
    document,
    columns: [],
    inputs: (rows) => ({
      kind: 'images',
      rows: rows.length,
      height: pixels.height,
      width: pixels.width,
      channels: pixels.channels,
      read: (at, into) =>
        pixels.read(
          at.map((i) => position.get(rows[i]!)!),
          into,
        ),
    }),
  };
}
