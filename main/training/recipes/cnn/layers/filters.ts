import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type LayerCall, runKernel } from './layer-kind.ts';

export type Places = { strides: [number, number]; padding: 'valid' | 'same'; dilation_rate: [number, number] };
/** A convolution of images by a filter of the layer, and how gradients go back through it; the filter's is told. */
type Convolved = { y: Tensor4D; back(dy: Tensor4D): Tensor4D | null };

/** Every filter meets all channels. `wanted`: whether the gradient by `x` is. */
export function convolved(call: LayerCall, x: Tensor4D, name: string, at: Places, wanted: boolean): Convolved {
  const { tf, learning } = call;
  const filter = call.weight(name) as Tensor4D;
  const attrs = { strides: at.strides, pad: at.padding, dataFormat: 'NHWC' };
  return {
    y: tf.conv2d(x, filter, at.strides, at.padding, 'NHWC', at.dilation_rate),
    back(dy) {
      learning?.found(name, runKernel(tf, 'Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }));
      return wanted ? runKernel(tf, 'Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }) : null;
    },
  };
}

/** Every channel has filters of its own. */
export function convolvedApart(call: LayerCall, x: Tensor4D, name: string, at: Places, wanted: boolean): Convolved {
  const { tf, learning } = call;
  const filter = call.weight(name) as Tensor4D;
  const attrs = { strides: at.strides, pad: at.padding, dilations: [1, 1] };
  const run = (kernel: string, inputs: Record<string, Tensor4D>, more: object): Tensor4D =>
    runKernel(tf, `DepthwiseConv2dNativeBackprop${kernel}`, inputs, { ...attrs, ...more });
  return {
    y: tf.depthwiseConv2d(x, filter, at.strides, at.padding, 'NHWC', at.dilation_rate),
    back(dy) {
      learning?.found(name, run('Filter', { x, dy }, { filterShape: filter.shape }));
      return wanted ? run('Input', { dy, filter }, { inputShape: x.shape }) : null;
    },
  };
}
