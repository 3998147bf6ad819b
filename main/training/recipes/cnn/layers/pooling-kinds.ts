import type { Rank, Tensor4D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { type LayerKind, layerKind, runKernel } from './layer-kind.ts';
import { pair, type Window, windowed } from './window.ts';

const pool = z
  .object({
    pool_size: pair.default([2, 2]),
    strides: pair.nullish(),
    padding: z.enum(['valid', 'same']).default('valid'),
    data_format: z.literal('channels_last').nullish(),
  })
  .transform(({ pool_size: side, strides, padding }): Window => ({ side, strides: strides ?? side, padding }));

const shape: LayerKind<Window>['shape'] = (s, [input]) => windowed(input!, s, input![2]!);

const maxPooling = layerKind<Window>({
  settings: pool,
  shape,
  run({ tf, x: [input] }, { side, strides, padding: pad }) {
    const x = input as Tensor4D;
    const y = tf.maxPool(x, side, strides, pad);
    const attrs = { filterSize: side, strides, pad };
    return { y, back: (dy) => [runKernel(tf, 'MaxPoolGrad', { dy, input: x, output: y }, attrs)] };
  },
});

/**
 * Sums by filters of ones, over how many pixels lie within each window. Not the kernels of pooling: at the edges TensorFlow.js
 * counts the places outside in the gradient, but not in the mean.
 */
const averagePooling = layerKind<Window>({
  settings: pool,
  shape,
  run({ tf, x: [input] }, { side, strides, padding: pad }) {
    const x = input as Tensor4D;
    const [, height, width, channels] = x.shape;
    const filter = tf.ones<Rank.R4>([...side, channels, 1]);
    const sums = (of: Tensor4D): Tensor4D => tf.depthwiseConv2d(of, filter, strides, pad);
    const counts = sums(tf.ones<Rank.R4>([1, height, width, channels]));
    const attrs = { strides, pad, dilations: [1, 1], inputShape: x.shape };
    return {
      y: tf.div(sums(x), counts),
      back: (dy) => [runKernel(tf, 'DepthwiseConv2dNativeBackpropInput', { dy: tf.div(dy, counts), filter }, attrs)],
    };
  },
});

const over = z.object({ data_format: z.literal('channels_last').nullish(), keepdims: z.boolean().default(false) });
const global = (kind: 'mean' | 'max'): LayerKind =>
  layerKind<z.output<typeof over>>({
    settings: over,
    shape: ({ keepdims }, [input]) => (input!.length === 3 ? (keepdims ? [1, 1, input![2]!] : [input![2]!]) : null),
    run({ tf, x: [input] }, { keepdims }) {
      const x = input as Tensor4D;
      const [rows, height, width, channels] = x.shape;
      const places = height * width;
      const shaped = keepdims ? [rows, 1, 1, channels] : [rows, channels];
      if (kind === 'mean') {
        return {
          y: tf.reshape(tf.mean(tf.reshape(x, [rows, places, channels]), 1), shaped),
          back: (dy) => [
            tf.reshape(tf.tile(tf.reshape(tf.div(dy, places), [rows, 1, channels]), [1, places, 1]), x.shape),
          ],
        };
      }
      const side: [number, number] = [height, width];
      const output = tf.maxPool(x, side, 1, 'valid');
      const attrs = { filterSize: side, strides: [1, 1], pad: 'valid' };
      return {
        y: tf.reshape(output, shaped),
        back: (dy) => [runKernel(tf, 'MaxPoolGrad', { dy: tf.reshape(dy, output.shape), input: x, output }, attrs)],
      };
    },
  });

export const poolingKinds: Record<string, LayerKind> = {
  MaxPooling2D: maxPooling,
  AveragePooling2D: averagePooling,
  GlobalAveragePooling2D: global('mean'),
  GlobalMaxPooling2D: global('max'),
};
