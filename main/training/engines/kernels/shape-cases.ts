import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { KernelCase } from './kernel-case.ts';

/** Kernels that move numbers without changing them. */
export const shapeCases: KernelCase[] = [
  { kernels: ['Transpose'], run: ({ tf, normal }) => tf.transpose(normal([5, 6, 7]), [2, 0, 1]), tolerance: 0 },
  { kernels: ['Reshape'], run: ({ tf, normal }) => tf.reshape(normal([6, 10]), [4, 15]), tolerance: 0 },
  { kernels: ['ExpandDims'], run: ({ tf, normal }) => tf.expandDims(normal([6, 10]), 1), tolerance: 0 },
  {
    kernels: ['PadV2'],
    run: ({ tf, normal }) =>
      tf.pad(normal([2, 5, 5, 3]), [
        [0, 0],
        [1, 2],
        [2, 1],
        [0, 0],
      ]),
    tolerance: 0,
  },
  { kernels: ['Slice'], run: ({ tf, normal }) => tf.slice(normal([6, 9, 3]), [2, 1, 0], [3, 5, 2]), tolerance: 0 },
  { kernels: ['Concat'], run: ({ tf, normal }) => tf.concat([normal([3, 4]), normal([3, 6])], 1), tolerance: 0 },
  { kernels: ['GatherV2'], run: ({ tf, normal, whole }) => tf.gather(normal([8, 5]), whole([7, 0, 3])), tolerance: 0 },
  { kernels: ['Tile'], run: ({ tf, normal }) => tf.tile(normal([3, 4]), [2, 3]), tolerance: 0 },
  { kernels: ['Pack'], run: ({ tf, normal }) => tf.stack([normal([3, 4]), normal([3, 4])]), tolerance: 0 },
  { kernels: ['Reverse'], run: ({ tf, normal }) => tf.reverse(normal([2, 5, 4, 3]), 2), tolerance: 0 },
  { kernels: ['Identity'], run: ({ tf, normal }) => tf.clone(normal([5, 4])) as Tensor2D, tolerance: 0 },
  {
    kernels: ['ResizeBilinear'],
    run: ({ tf, normal }) => tf.image.resizeBilinear(normal([2, 6, 5, 3]) as Tensor4D, [9, 11]),
  },
];
