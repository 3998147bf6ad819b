import type { NamedAttrMap, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../engines/engine.ts';

/** A convolution by a filter of odd side, as many zeros around the image as keep its size at stride 1, and its two gradients. */
export function convolve(tf: Tensors, x: Tensor4D, filter: Tensor4D, stride: number) {
  const pad = (filter.shape[0] - 1) / 2;
  const attrs = { strides: [stride, stride], pad, dataFormat: 'NHWC' };
  const run = (name: string, inputs: Record<string, Tensor4D>, more: object): Tensor4D =>
    tf.engine().runKernel(name, inputs, { ...attrs, ...more } as NamedAttrMap) as Tensor4D;
  return {
    y: tf.conv2d(x, filter, stride, pad),
    toInput: (dy: Tensor4D) => run('Conv2DBackpropInput', { dy, filter }, { inputShape: x.shape }),
    toFilter: (dy: Tensor4D) => run('Conv2DBackpropFilter', { x, dy }, { filterShape: filter.shape }),
  };
}
