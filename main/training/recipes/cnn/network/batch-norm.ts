import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../engines/engine.ts';
import { fusedKernels, hasFused } from '../../../engines/fused-kernels.ts';

export const EPSILON = 1e-5;

/** The sum over images and pixels, per channel. Sums of sums of rows: short additions lose less of a 32-bit number. */
export function channelSums(tf: Tensors, x: Tensor4D): Tensor1D {
  const [n, height, width, channels] = x.shape;
  const perPlace = tf.matMul(tf.ones([1, n * height]), tf.reshape(x, [n * height, width * channels]));
  return tf.reshape(tf.matMul(tf.ones([1, width]), tf.reshape(perPlace, [width, channels])), [channels]);
}

/** One number per channel, repeated along a row of pixels: rows then combine at the speed of memory on every engine. */
export function alongRow(tf: Tensors, perChannel: Tensor1D, width: number): Tensor1D {
  return tf.tile(perChannel, [width]);
}

const rowsOf = (tf: Tensors, x: Tensor4D): Tensor2D =>
  tf.reshape(x, [x.shape[0] * x.shape[1], x.shape[2] * x.shape[3]]);

export type Normalised = {
  y: Tensor4D;
  /** Of these images: mean and variance (divided by n − 1) per channel. */
  mean: Tensor1D;
  variance: Tensor1D;
  back(dy: Tensor4D): { dx: Tensor4D; scale: Tensor1D; shift: Tensor1D };
};

/** Batch normalisation (Ioffe and Szegedy 2015) by the statistics of these images, and its gradient. */
export function normalise(tf: Tensors, x: Tensor4D, scale: Tensor1D, shift: Tensor1D, epsilon = EPSILON): Normalised {
  if (hasFused(tf, 'normalise')) return normaliseFused(tf, x, scale, shift, epsilon);
  const [n, height, width, channels] = x.shape;
  const count = n * height * width;
  const along = (v: Tensor): Tensor1D => alongRow(tf, v as Tensor1D, width);
  const mean = tf.div<Tensor1D>(channelSums(tf, x), count);
  const centred = tf.sub<Tensor2D>(rowsOf(tf, x), along(mean));
  const variance = tf.div<Tensor1D>(channelSums(tf, tf.reshape(tf.square(centred), x.shape)), count);
  const inverse = tf.rsqrt(tf.add(variance, epsilon)) as Tensor1D;
  const factor = tf.mul<Tensor1D>(scale, inverse);
  const y = tf.add<Tensor2D>(tf.mul(centred, along(factor)), along(shift));
  return {
    y: tf.reshape(y, x.shape),
    mean,
    variance: tf.mul<Tensor1D>(variance, count / Math.max(1, count - 1)),
    back(dy) {
      const d = rowsOf(tf, dy);
      const sum = channelSums(tf, dy);
      const product = channelSums(tf, tf.reshape(tf.mul(d, centred), x.shape));
      const slope = tf.div<Tensor1D>(tf.mul(product, tf.square(inverse)), count);
      const inner = tf.sub(tf.sub(d, along(tf.div(sum, count))), tf.mul(centred, along(slope)));
      const dx = tf.reshape(tf.mul(inner, along(factor)), [n, height, width, channels]) as Tensor4D;
      return { dx, scale: tf.mul<Tensor1D>(product, inverse), shift: sum };
    },
  };
}

/** The same where the engine does it as one operation. */
function normaliseFused(tf: Tensors, x: Tensor4D, scale: Tensor1D, shift: Tensor1D, epsilon: number): Normalised {
  const attrs = { epsilon };
  const run = (name: string, inputs: Record<string, Tensor>): Tensor[] =>
    tf.engine().runKernel(name, inputs, attrs) as Tensor[];
  const [y, mean, variance, ...kept] = run(fusedKernels.normalise, { x, scale, shift });
  const saved = { mean: kept[0]!, variance: kept[1]!, reserve: kept[2]! };
  return {
    y: y as Tensor4D,
    mean: mean as Tensor1D,
    variance: variance as Tensor1D,
    back(dy) {
      const [dx, byScale, byShift] = run(fusedKernels.normaliseGradient, { dy, x, scale, ...saved });
      return { dx: dx as Tensor4D, scale: byScale as Tensor1D, shift: byShift as Tensor1D };
    },
  };
}

/** dy where the ReLU let something through, else 0. */
export function throughRelu(tf: Tensors, dy: Tensor4D, y: Tensor4D): Tensor4D {
  if (hasFused(tf, 'reluGradient')) return tf.engine().runKernel(fusedKernels.reluGradient, { dy, y }) as Tensor4D;
  return tf.mul(dy, tf.step(y));
}

/** Batch normalisation by running statistics: y = x · scale / √(variance + ε) + …, with which nothing is learnt. */
export function normaliseBy(
  tf: Tensors,
  x: Tensor4D,
  scale: Tensor1D,
  shift: Tensor1D,
  mean: Tensor1D,
  variance: Tensor1D,
  epsilon = EPSILON,
): Tensor4D {
  const factor = tf.mul<Tensor1D>(scale, tf.rsqrt(tf.add(variance, epsilon)));
  const constant = tf.sub<Tensor1D>(shift, tf.mul(mean, factor));
  const width = x.shape[2];
  return tf.reshape(tf.add(tf.mul(rowsOf(tf, x), alongRow(tf, factor, width)), alongRow(tf, constant, width)), x.shape);
}
