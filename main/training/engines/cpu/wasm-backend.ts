import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';

export type { BackendWasm };

type Inputs = Record<string, TensorInfo>;
type Attributes = Record<string, unknown>;

/** Runs one registered kernel of the WebAssembly backend; whoever calls owns the output. */
export function runKernel(
  tf: Tensors,
  backend: BackendWasm,
  name: string,
  inputs: Inputs,
  attrs: Attributes = {},
): TensorInfo {
  const kernel = tf.getKernel(name, 'wasm');
  return kernel.kernelFunc({ inputs, backend, attrs: attrs as never }) as TensorInfo;
}

/** The numbers of a 32-bit tensor where they lie; the view is void once more memory is taken. */
export function heapOf(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor as Tensor) as Float32Array;
}
