import type { Tensor4D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { activation } from './activation.ts';
import { finished } from './bias.ts';
import { convolved, convolvedApart, type Places } from './filters.ts';
import { type LayerKind, layerKind } from './layer-kind.ts';
import type { LayerWeight } from './node.ts';
import { pair, type Window, windowed } from './window.ts';

const common = {
  kernel_size: pair,
  strides: pair.default([1, 1]),
  padding: z.enum(['valid', 'same']).default('valid'),
  dilation_rate: pair.default([1, 1]),
  data_format: z.literal('channels_last').nullish(),
  groups: z.literal(1).nullish(),
  use_bias: z.boolean().default(true),
  activation,
};
const full = z.object({ ...common, filters: z.int().positive() });
const depthwise = z.object({ ...common, depth_multiplier: z.int().positive().default(1) });
const separable = z.object({ ...common, filters: z.int().positive(), depth_multiplier: z.int().positive().default(1) });

type Common = Pick<z.output<typeof full>, 'kernel_size' | 'dilation_rate' | 'strides' | 'padding'>;
const windowOf = ({ kernel_size, dilation_rate, strides, padding }: Common): Window => ({
  side: [(kernel_size[0] - 1) * dilation_rate[0] + 1, (kernel_size[1] - 1) * dilation_rate[1] + 1],
  strides,
  padding,
});
const biasOf = (use: boolean, size: number): LayerWeight[] =>
  use ? [{ name: 'bias', role: 'bias', shape: [size] }] : [];
const onePixel: Places = { strides: [1, 1], padding: 'valid', dilation_rate: [1, 1] };
const listed = (dx: Tensor4D | null): Tensor4D[] => (dx === null ? [] : [dx]);

export const convolutionKinds: Record<string, LayerKind> = {
  Conv2D: layerKind<z.output<typeof full>>({
    settings: full,
    weights: (s, [, , channels]) => [
      { name: 'kernel', role: 'filter', shape: [...s.kernel_size, channels!, s.filters] },
      ...biasOf(s.use_bias, s.filters),
    ],
    shape: (s, [input]) => windowed(input!, windowOf(s), s.filters),
    run(call, s) {
      const inner = convolved(call, call.x[0] as Tensor4D, 'kernel', s, call.learning?.goesOn === true);
      const { y, back } = finished(call, inner.y, s);
      return { y, back: (dy) => listed(inner.back(back(dy) as Tensor4D)) };
    },
  }),
  DepthwiseConv2D: layerKind<z.output<typeof depthwise>>({
    settings: depthwise,
    weights: (s, [, , channels]) => [
      { name: 'depthwise_kernel', role: 'filter', shape: [...s.kernel_size, channels!, s.depth_multiplier] },
      ...biasOf(s.use_bias, channels! * s.depth_multiplier),
    ],
    shape: (s, [input]) => windowed(input!, windowOf(s), input![2]! * s.depth_multiplier),
    run(call, s) {
      const inner = convolvedApart(call, call.x[0] as Tensor4D, 'depthwise_kernel', s, call.learning?.goesOn === true);
      const { y, back } = finished(call, inner.y, s);
      return { y, back: (dy) => listed(inner.back(back(dy) as Tensor4D)) };
    },
  }),
  SeparableConv2D: layerKind<z.output<typeof separable>>({
    settings: separable,
    weights: (s, [, , channels]) => [
      { name: 'depthwise_kernel', role: 'filter', shape: [...s.kernel_size, channels!, s.depth_multiplier] },
      { name: 'pointwise_kernel', role: 'filter', shape: [1, 1, channels! * s.depth_multiplier, s.filters] },
      ...biasOf(s.use_bias, s.filters),
    ],
    shape: (s, [input]) => windowed(input!, windowOf(s), s.filters),
    run(call, s) {
      const deep = convolvedApart(call, call.x[0] as Tensor4D, 'depthwise_kernel', s, call.learning?.goesOn === true);
      const flat = convolved(call, deep.y, 'pointwise_kernel', onePixel, true);
      const { y, back } = finished(call, flat.y, s);
      return { y, back: (dy) => listed(deep.back(flat.back(back(dy) as Tensor4D)!)) };
    },
  }),
};
