import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { channelSums } from '../network/batch-norm.ts';
import { type Activation, activate } from './activation.ts';
import type { LayerCall } from './layer-kind.ts';

/** What Keras does at the end of a layer with filters or dense weights: bias and activation. `back` gives the gradient before them. */
export function finished(
  { tf, weight, learning }: LayerCall,
  x: Tensor,
  { use_bias, activation }: { use_bias: boolean; activation: Activation },
): { y: Tensor; back(dy: Tensor): Tensor } {
  const { y, back } = activate(tf, use_bias ? tf.add(x, weight('bias')) : x, activation);
  return {
    y,
    back(dy) {
      const d = back(dy);
      if (use_bias) learning?.found('bias', d.rank === 4 ? channelSums(tf, d as Tensor4D) : tf.sum(d, 0));
      return d;
    },
  };
}
