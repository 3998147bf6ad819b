import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Context, KernelCase } from './kernel-case.ts';

type Pad = 'same' | 'valid' | number;

const attributes = (stride: number, pad: Pad) => ({
  strides: [stride, stride],
  pad,
  dataFormat: 'NHWC',
  dilations: [1, 1],
});

/** Input 3 × 9 × 8 × 5, filters side × side × 5 × 6. */
function convolutionCases(side: number, stride: number, pad: Pad): KernelCase[] {
  const input: [number, number, number, number] = [3, 9, 8, 5];
  const filters: [number, number, number, number] = [side, side, 5, 6];
  const outputSide = (from: number): number =>
    pad === 'same'
      ? Math.ceil(from / stride)
      : Math.floor((from - side + (pad === 'valid' ? 0 : 2 * pad)) / stride) + 1;
  const output = [3, outputSide(9), outputSide(8), 6];
  const attrs = attributes(stride, pad);
  return [
    {
      kernels: ['Conv2D'],
      run: ({ tf, normal }) => tf.conv2d(normal(input) as Tensor4D, normal(filters) as Tensor4D, stride, pad),
    },
    {
      kernels: ['Conv2DBackpropFilter'],
      run: ({ normal, kernel }) =>
        kernel(
          'Conv2DBackpropFilter',
          { x: normal(input), dy: normal(output) },
          { ...attrs, dimRoundingMode: undefined, filterShape: filters },
        ),
    },
    {
      kernels: ['Conv2DBackpropInput'],
      run: ({ normal, kernel }) =>
        kernel(
          'Conv2DBackpropInput',
          { dy: normal(output), filter: normal(filters) },
          { ...attrs, dimRoundingMode: undefined, inputShape: input },
        ),
    },
  ];
}

/** Pools of 2 × 2 over 2 × 6 × 8 × 3, and their gradients. */
function poolingCases(): KernelCase[] {
  const input = [2, 6, 8, 3];
  const output = [2, 3, 4, 3];
  const attrs = { filterSize: [2, 2], strides: [2, 2], pad: 'valid', dimRoundingMode: undefined };
  const image = ({ normal }: Context): Tensor4D => normal(input) as Tensor4D;
  return [
    { kernels: ['MaxPool'], run: (context) => context.tf.maxPool(image(context), 2, 2, 'valid') },
    { kernels: ['AvgPool'], run: (context) => context.tf.avgPool(image(context), 2, 2, 'valid') },
    {
      kernels: ['MaxPoolGrad'],
      run: (context) => {
        const x = image(context);
        const pooled = context.tf.maxPool(x, 2, 2, 'valid');
        return context.kernel('MaxPoolGrad', { dy: context.normal(output), input: x, output: pooled }, attrs);
      },
    },
    {
      kernels: ['AvgPoolGrad'],
      run: (context) =>
        context.kernel('AvgPoolGrad', { dy: context.normal(output), input: image(context) }, { ...attrs }),
    },
  ];
}

/** Filters 3 × 3 × 4 × 2, one pair per channel, over 2 × 7 × 6 × 4. */
function depthwiseCases(stride: number, pad: 'same' | 'valid'): KernelCase[] {
  const input: [number, number, number, number] = [2, 7, 6, 4];
  const filters: [number, number, number, number] = [3, 3, 4, 2];
  const side = (from: number): number => Math.ceil((pad === 'same' ? from : from - 2) / stride);
  const output = [2, side(7), side(6), 8];
  const attrs = { strides: [stride, stride], pad, dilations: [1, 1] };
  const gradient = (name: string, inputs: (context: Context) => Record<string, Tensor>, more: object): KernelCase => ({
    kernels: [name],
    run: (context) => context.kernel(name, inputs(context), { ...attrs, ...more }),
  });
  return [
    {
      kernels: ['DepthwiseConv2dNative'],
      run: ({ tf, normal }) => tf.depthwiseConv2d(normal(input) as Tensor4D, normal(filters) as Tensor4D, stride, pad),
    },
    gradient('DepthwiseConv2dNativeBackpropFilter', ({ normal }) => ({ x: normal(input), dy: normal(output) }), {
      filterShape: filters,
    }),
    gradient('DepthwiseConv2dNativeBackpropInput', ({ normal }) => ({ dy: normal(output), filter: normal(filters) }), {
      inputShape: input,
    }),
  ];
}

/** Kernels of convolutional networks: convolutions with both gradients, pools, and batch normalisation. */
export const imageCases: KernelCase[] = [
  ...convolutionCases(3, 1, 'same'),
  ...convolutionCases(3, 2, 'same'),
  ...convolutionCases(1, 2, 'same'),
  ...convolutionCases(5, 1, 'valid'),
  // A number of pixels on every side, as PyTorch pads: with a stride it is not the same as 'same'.
  ...convolutionCases(3, 1, 1),
  ...convolutionCases(3, 2, 1),
  ...convolutionCases(1, 2, 0),
  {
    kernels: ['DepthwiseConv2dNative'],
    run: ({ tf, normal }) =>
      tf.depthwiseConv2d(normal([2, 7, 6, 4]) as Tensor4D, normal([3, 3, 4, 1]) as Tensor4D, 1, 'same'),
  },
  ...depthwiseCases(1, 'same'),
  ...depthwiseCases(2, 'same'),
  ...depthwiseCases(1, 'valid'),
  ...poolingCases(),
  {
    kernels: ['FusedBatchNorm'],
    run: ({ tf, normal, positive }) =>
      tf.batchNorm(normal([3, 5, 4, 6]), normal([6]), positive([6]), normal([6]), positive([6]), 1e-3),
  },
];
