import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { normalise, normaliseBy } from '../network/batch-norm.ts';
import { activation } from './activation.ts';
import { finished } from './bias.ts';
import { type LayerKind, layerKind } from './layer-kind.ts';
import type { LayerWeight } from './node.ts';

const dense = z.object({ units: z.int().positive(), use_bias: z.boolean().default(true), activation });
const norm = z.object({
  axis: z.union([z.int(), z.tuple([z.int()]).transform(([axis]) => axis)]).default(-1),
  epsilon: z.number().positive().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});

export const denseKinds: Record<string, LayerKind> = {
  Dense: layerKind<z.output<typeof dense>>({
    settings: dense,
    weights: ({ units, use_bias }, [size]) => [
      { name: 'kernel', role: 'weight', shape: [size!, units] },
      ...(use_bias ? [{ name: 'bias', role: 'bias', shape: [units] } satisfies LayerWeight] : []),
    ],
    shape: ({ units }, [input]) => (input!.length === 1 ? [units] : null),
    run(call, s) {
      const { tf, learning } = call;
      const x = call.x[0] as Tensor2D;
      const kernel = call.weight('kernel') as Tensor2D;
      const { y, back } = finished(call, tf.matMul(x, kernel), s);
      return {
        y,
        back(dy) {
          const d = back(dy) as Tensor2D;
          learning?.found('kernel', tf.matMul(x, d, true, false));
          return learning?.goesOn ? [tf.matMul(d, kernel, false, true)] : [];
        },
      };
    },
  }),
  BatchNormalization: layerKind<z.output<typeof norm>>({
    settings: norm,
    weights: (s, input) => {
      const shape = [input.at(-1)!];
      return [
        ...(s.scale ? [{ name: 'gamma', role: 'scale', shape } satisfies LayerWeight] : []),
        ...(s.center ? [{ name: 'beta', role: 'shift', shape } satisfies LayerWeight] : []),
        { name: 'moving_mean', role: 'mean', shape },
        { name: 'moving_variance', role: 'variance', shape },
      ];
    },
    // Over the channels only, as the last axis.
    shape: ({ axis }, [input]) => (axis === -1 || axis === input!.length ? input! : null),
    run({ tf, x, weight, learning }, s) {
      const shape = x[0]!.shape;
      const image = (shape.length === 4 ? x[0]! : tf.reshape(x[0]!, [shape[0]!, 1, 1, shape[1]!])) as Tensor4D;
      const channels = shape.at(-1)!;
      const scale = (s.scale ? weight('gamma') : tf.ones([channels])) as Tensor1D;
      const shift = (s.center ? weight('beta') : tf.zeros([channels])) as Tensor1D;
      if (learning === null) {
        const [mean, variance] = [weight('moving_mean') as Tensor1D, weight('moving_variance') as Tensor1D];
        const y = tf.reshape(normaliseBy(tf, image, scale, shift, mean, variance, s.epsilon), shape);
        return { y, back: () => [] };
      }
      const normalised = normalise(tf, image, scale, shift, s.epsilon);
      learning.found('moving_mean', normalised.mean);
      learning.found('moving_variance', normalised.variance);
      return {
        y: tf.reshape(normalised.y, shape),
        back(dy) {
          const by = normalised.back(tf.reshape(dy, image.shape));
          if (s.scale) learning.found('gamma', by.scale);
          if (s.center) learning.found('beta', by.shift);
          return [tf.reshape(by.dx, shape)];
        },
      };
    },
  }),
};
