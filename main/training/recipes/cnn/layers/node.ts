import { z } from 'zod';

/** Numbers of a layer that are learnt, or for `mean` and `variance` followed. Shapes as Keras has them. */
export const layerWeight = z.strictObject({
  name: z.string(),
  role: z.enum(['filter', 'weight', 'bias', 'scale', 'shift', 'mean', 'variance']),
  shape: z.array(z.int().positive()),
});
export type LayerWeight = z.infer<typeof layerWeight>;

/** One layer: its kind as Keras calls it, what of its settings counts, and the layers whose outputs it takes. */
export const layerNode = z.strictObject({
  name: z.string(),
  kind: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Names of nodes before it; `input` for the images themselves. */
  inputs: z.array(z.string()),
  weights: z.array(layerWeight),
  /** Blocks count from 0, what lies before the first filter, to the head. */
  block: z.int().nonnegative(),
  /** Of its output, without the rows. */
  shape: z.array(z.int().positive()),
});
export type LayerNode = z.infer<typeof layerNode>;

/** A network of layers in an order in which each comes after its inputs; the last gives the scores. */
export const layered = z.strictObject({
  kind: z.literal('layers'),
  height: z.int().positive(),
  width: z.int().positive(),
  channels: z.int().positive(),
  outputs: z.int().positive(),
  nodes: z.array(layerNode).min(1),
});
export type Layered = z.infer<typeof layered>;

/** The images, as an input of a layer. */
export const IMAGES = 'input';
