import type { NamedAttrMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Random } from '../../../../shared/statistics/random.ts';
import type { Tensors } from '../engine.ts';

export type Context = {
  tf: Tensors;
  /** Standard normal numbers, the same on every backend. */
  normal(shape: number[]): Tensor;
  /** Numbers from 0.5 to 2. */
  positive(shape: number[]): Tensor;
  whole(values: number[], shape?: number[]): Tensor;
  /** A kernel that only gradients call, which has no function of its own. */
  kernel(name: string, inputs: Record<string, TensorInfo>, attrs: Record<string, unknown>): Tensor;
};

/** One computation whose result must be that of plain JavaScript. */
export type KernelCase = {
  /** Kernels by the names under which backends register them. */
  kernels: string[];
  run(context: Context): Tensor | Tensor[];
  /** Largest difference, in units of the largest number of the result (or 1); 1e-5 where nothing is said. */
  tolerance?: number;
};

export function contextOf(tf: Tensors, random: Random): Context {
  const fill = (shape: number[], next: () => number): Tensor => {
    const values = Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, next);
    return tf.tensor(values, shape);
  };
  return {
    tf,
    normal: (shape) => fill(shape, () => random.normal()),
    positive: (shape) => fill(shape, () => 0.5 + 1.5 * random.uniform()),
    whole: (values, shape = [values.length]) => tf.tensor(Int32Array.from(values), shape, 'int32'),
    kernel: (name, inputs, attrs) => tf.engine().runKernel<Tensor>(name, inputs as never, attrs as NamedAttrMap),
  };
}
