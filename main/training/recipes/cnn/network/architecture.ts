import { z } from 'zod';
import { type Layered, layered } from '../layers/node.ts';

/**
 * A residual network (He et al. 2016, basic blocks): a 3 × 3 stem, one block of two 3 × 3 convolutions per width, each from the
 * second on at half the side of the one before, the mean over what is left of the image, and a dense head.
 */
const residual = z.strictObject({
  height: z.int().positive(),
  width: z.int().positive(),
  channels: z.int().positive(),
  /** Channels of the stem and first block, then of each further block. */
  widths: z.array(z.int().positive()).min(1),
  /** Pixels from one place of the stem's filter to the next. */
  stemStride: z.int().positive(),
  outputs: z.int().positive(),
});
export type Residual = z.infer<typeof residual>;

/** A residual network of our own, or the layers of one that came from elsewhere. */
export const architecture = z.union([residual, layered]);
export type Architecture = Residual | Layered;

export const isLayered = (net: Architecture): net is Layered => 'nodes' in net;

/** Numbers that the head gets of each image. */
export function featuresOf(net: Architecture): number {
  return isLayered(net) ? net.nodes.at(-1)!.weights[0]!.shape[0]! : net.widths.at(-1)!;
}

/** Blocks between the first, which only the whole network's training reaches, and the head. */
export function blocksBetween(net: Architecture): number {
  return isLayered(net) ? net.nodes.at(-1)!.block - 1 : net.widths.length;
}

/** Larger images are taken in coarser steps first: their fine grain costs the most and tells the least. */
export function stemStrideFor(side: number): number {
  if (side < 64) return 1;
  return side < 192 ? 2 : 4;
}
