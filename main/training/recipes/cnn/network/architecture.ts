import { z } from 'zod';

/**
 * A residual network (He et al. 2016, basic blocks): a 3 × 3 stem, one block of two 3 × 3 convolutions per width, each from the
 * second on at half the side of the one before, the mean over what is left of the image, and a dense head.
 */
export const architecture = z.strictObject({
  height: z.int().positive(),
  width: z.int().positive(),
  channels: z.int().positive(),
  /** Channels of the stem and first block, then of each further block. */
  widths: z.array(z.int().positive()).min(1),
  /** Pixels from one place of the stem's filter to the next. */
  stemStride: z.int().positive(),
  outputs: z.int().positive(),
});
export type Architecture = z.infer<typeof architecture>;

/** Larger images are taken in coarser steps first: their fine grain costs the most and tells the least. */
export function stemStrideFor(side: number): number {
  if (side < 64) return 1;
  return side < 192 ? 2 : 4;
}
