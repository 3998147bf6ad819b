import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Tensors } from '../../../engines/engine.ts';
import { type Applied, activate, activation, clipped, leaky } from './activation.ts';
import { type LayerKind, layerKind, type Ran, type Shape } from './layer-kind.ts';

const same = (_: unknown, [input]: Shape[]): Shape => input!;
const size = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

const relu = z
  .object({
    max_value: z.number().nullish(),
    negative_slope: z.number().nullish(),
    threshold: z.literal(0).nullish(),
  })
  .refine(({ max_value: most, negative_slope: below }) => most == null || !below, { path: ['negative_slope'] });
const slope = z
  .object({ negative_slope: z.number().optional(), alpha: z.number().optional() })
  .transform(({ negative_slope, alpha }) => ({ slope: negative_slope ?? alpha ?? 0.3 }));
const dropout = z.object({ rate: z.number().min(0).max(1), noise_shape: z.null().optional() });
const numbers = z.union([z.number(), z.array(z.number())]);
const rescaling = z.object({ scale: numbers.default(1), offset: numbers.default(0) });
const padding = z
  .object({
    padding: z.union([
      z.int(),
      z.tuple([z.int(), z.int()]),
      z.tuple([z.tuple([z.int(), z.int()]), z.tuple([z.int(), z.int()])]),
    ]),
    data_format: z.literal('channels_last').nullish(),
  })
  .transform(({ padding: by }) => {
    const [down, across] = typeof by === 'number' ? [by, by] : by;
    const both = (side: number | [number, number]): [number, number] =>
      typeof side === 'number' ? [side, side] : side;
    return { down: both(down), across: both(across) };
  });

const dropped = (perChannel: boolean): LayerKind =>
  layerKind<z.output<typeof dropout>>({
    settings: dropout,
    shape: same,
    run({ tf, x, learning }, { rate }) {
      if (learning === null || rate === 0) return unchanged(tf, x[0]!);
      const { shape } = x[0]!;
      const of = perChannel ? shape.map((side, axis) => (axis === 0 || axis === shape.length - 1 ? side : 1)) : shape;
      const mask = learning.mask(of, rate);
      return { y: tf.mul(x[0]!, mask), back: (dy) => [tf.mul(dy, mask)] };
    },
  });

/** One function of every number. */
const pointwise = <S>(settings: z.ZodType<S>, apply: (tf: Tensors, x: Tensor, s: S) => Applied): LayerKind =>
  layerKind<S>({
    settings,
    shape: same,
    run({ tf, x }, s) {
      const { y, back } = apply(tf, x[0]!, s);
      return { y: y === x[0] ? tf.clone(y) : y, back: (dy) => [back(dy)] };
    },
  });

/** Other sides, the same numbers in the same order. */
const reshaped = <S>(settings: z.ZodType<S>, to: (s: S, input: Shape) => Shape | null): LayerKind =>
  layerKind<S>({
    settings,
    shape: (s, [input]) => to(s, input!),
    run({ tf, x }, s) {
      const [rows, ...sides] = x[0]!.shape;
      return { y: tf.reshape(x[0]!, [rows!, ...to(s, sides)!]), back: (dy) => [tf.reshape(dy, x[0]!.shape)] };
    },
  });

/** Layers without weights that are neither convolutions nor pools. */
export const plainKinds: Record<string, LayerKind> = {
  Activation: pointwise(z.object({ activation }), (tf, x, s) => activate(tf, x, s.activation)),
  ReLU: pointwise(relu, (tf, x, { max_value: most, negative_slope: below }) =>
    most == null ? leaky(tf, x, below ?? 0) : clipped(tf, x, 0, most),
  ),
  LeakyReLU: pointwise(slope, (tf, x, s) => leaky(tf, x, s.slope)),
  Softmax: pointwise(z.object({ axis: z.literal(-1).default(-1) }), (tf, x) => activate(tf, x, 'softmax')),
  Dropout: dropped(false),
  SpatialDropout2D: dropped(true),
  Rescaling: pointwise(rescaling, (tf, x, s) => {
    const scale = tf.tensor(s.scale);
    return { y: tf.add(tf.mul(x, scale), tf.tensor(s.offset)), back: (dy) => tf.mul(dy, scale) };
  }),
  Flatten: reshaped(z.object({ data_format: z.literal('channels_last').nullish() }), (_, input) => [size(input)]),
  Reshape: reshaped(z.object({ target_shape: z.array(z.int()) }), ({ target_shape: to }, input) => {
    const given = to.filter((side) => side !== -1);
    const shape = to.map((side) => (side === -1 ? size(input) / size(given) : side));
    return shape.every(Number.isInteger) && size(shape) === size(input) ? shape : null;
  }),
  ZeroPadding2D: layerKind<z.output<typeof padding>>({
    settings: padding,
    shape: ({ down, across }, [input]) =>
      input!.length === 3 ? [input![0]! + down[0] + down[1], input![1]! + across[0] + across[1], input![2]!] : null,
    run: ({ tf, x }, { down, across }) => ({
      y: tf.pad(x[0]!, [[0, 0], down, across, [0, 0]]),
      back: (dy) => [tf.slice(dy, [0, down[0], across[0], 0], x[0]!.shape)],
    }),
  }),
};

const unchanged = (tf: Tensors, x: Tensor): Ran => ({ y: tf.clone(x), back: (dy) => [dy] });
