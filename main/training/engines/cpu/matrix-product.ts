import type { BatchMatMulAttrs, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';
import { type BackendWasm, runKernel } from './wasm-backend.ts';

/** The matrix product of the package, which is fast for operands as they are only: a transposed one is turned first. */
export function matrixProduct(tf: Tensors, backend: BackendWasm): KernelFunc {
  const plain = tf.getKernel('BatchMatMul', 'wasm').kernelFunc;
  return ({ inputs, attrs }) => {
    const { transposeA, transposeB } = attrs as unknown as BatchMatMulAttrs;
    const a = transposeA ? turned(tf, backend, inputs.a!) : inputs.a!;
    const b = transposeB ? turned(tf, backend, inputs.b!) : inputs.b!;
    const product = plain({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } });
    if (transposeA) backend.disposeData(a.dataId);
    if (transposeB) backend.disposeData(b.dataId);
    return product;
  };
}

/** The last two axes exchanged. */
function turned(tf: Tensors, backend: BackendWasm, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2];
  return runKernel(tf, backend, 'Transpose', { x }, { perm });
}
