import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Tensors } from '../../../engines/engine.ts';

/** What a function gives for every number, and the gradient by its input for one by its output. */
export type Applied = { y: Tensor; back(dy: Tensor): Tensor };

/** x where it is positive, else `slope` · x. */
export function leaky(tf: Tensors, x: Tensor, slope: number): Applied {
  return {
    y: tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), slope)),
    back: (dy) => tf.mul(dy, tf.add(tf.mul(tf.step(tf.neg(x)), slope), tf.step(x))),
  };
}

/** x within limits. */
export function clipped(tf: Tensors, x: Tensor, from: number, to: number): Applied {
  return {
    y: tf.clipByValue(x, from, to),
    back: (dy) => tf.mul(tf.mul(dy, tf.step(tf.sub(x, from))), tf.step(tf.sub(to, x))),
  };
}

function silu(tf: Tensors, x: Tensor): Applied {
  const s = tf.sigmoid(x);
  const y = tf.mul(x, s);
  return { y, back: (dy) => tf.mul(dy, tf.add(s, tf.mul(y, tf.sub(1, s)))) };
}

/** x · (x + 3, within 0 and 6) / 6. */
function hardSilu(tf: Tensors, x: Tensor): Applied {
  const between = (): Tensor => tf.mul(tf.step(tf.add(x, 3)), tf.step(tf.sub(3, x)));
  return {
    y: tf.mul(x, tf.div(tf.clipByValue(tf.add(x, 3), 0, 6), 6)),
    back: (dy) => tf.mul(dy, tf.add(tf.mul(between(), tf.div(tf.add(tf.mul(x, 2), 3), 6)), tf.step(tf.sub(x, 3)))),
  };
}

/** By the names of Keras; `leaky_relu` with its slope of 0.2. */
const activations = {
  linear: (_: Tensors, x: Tensor): Applied => ({ y: x, back: (dy) => dy }),
  relu: (tf: Tensors, x: Tensor): Applied => ({ y: tf.relu(x), back: (dy) => tf.mul(dy, tf.step(x)) }),
  relu6: (tf: Tensors, x: Tensor): Applied => clipped(tf, x, 0, 6),
  leaky_relu: (tf: Tensors, x: Tensor): Applied => leaky(tf, x, 0.2),
  elu(tf: Tensors, x: Tensor): Applied {
    const below = (): Tensor => tf.exp(tf.neg(tf.relu(tf.neg(x))));
    return {
      y: tf.add(tf.relu(x), tf.sub(below(), 1)),
      // e^min(x, 0) is the slope on both sides.
      back: (dy) => tf.mul(dy, below()),
    };
  },
  sigmoid(tf: Tensors, x: Tensor): Applied {
    const y = tf.sigmoid(x);
    return { y, back: (dy) => tf.mul(dy, tf.mul(y, tf.sub(1, y))) };
  },
  tanh(tf: Tensors, x: Tensor): Applied {
    const y = tf.tanh(x);
    return { y, back: (dy) => tf.mul(dy, tf.sub(1, tf.square(y))) };
  },
  silu,
  swish: silu,
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  softmax(tf: Tensors, x: Tensor): Applied {
    const y = tf.softmax(x);
    return { y, back: (dy) => tf.mul(tf.sub(dy, tf.sum(tf.mul(dy, y), -1, true)), y) };
  },
};
type Name = keyof typeof activations;
const name = z.enum(Object.keys(activations) as [Name, ...Name[]]);

/** As Keras writes it: a name, or (since version 3) an object that holds one. */
export const activation = z
  .union([name, z.null(), z.object({ class_name: z.literal('function'), config: name })])
  .default('linear')
  .transform((given) => (given === null ? 'linear' : typeof given === 'string' ? given : given.config));
export type Activation = z.output<typeof activation>;

export const activate = (tf: Tensors, x: Tensor, by: Activation): Applied => activations[by](tf, x);
