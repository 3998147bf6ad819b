import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';
import type { BackendWasm } from './wasm-backend.ts';

/**
 * Registers every kernel that the WebAssembly backend lacks and plain JavaScript has: inputs are copied over, outputs back.
 * Slow but exact; no recipe of ours runs one in its inner loop. Returns their names.
 */
export function lendKernels(tf: Tensors): string[] {
  const here = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName));
  const lent = tf.getKernelsForBackend('cpu').filter(({ kernelName }) => !here.has(kernelName));
  for (const kernel of lent) tf.registerKernel({ ...kernel, backendName: 'wasm', kernelFunc: borrowed(tf, kernel) });
  return lent.map(({ kernelName }) => kernelName);
}

function borrowed(tf: Tensors, kernel: KernelConfig): KernelConfig['kernelFunc'] {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    // tf.engine() keeps one of each backend, made when first asked for.
    const cpu = tf.engine().findBackend('cpu') as unknown as PlainBackend;
    const copies: NamedTensorInfoMap = {};
    for (const [name, tensor] of Object.entries(inputs)) {
      if (tensor) copies[name] = copy(tensor, (id) => wasm.readSync(id), cpu);
    }
    const outputs = kernel.kernelFunc({ inputs: copies, attrs, backend: cpu });
    const list = Array.isArray(outputs) ? outputs : [outputs];
    const back = list.map((output) => copy(output, (id) => cpu.readSync(id), wasm));
    for (const tensor of new Set([...list, ...Object.values(copies)])) {
      if (tensor) cpu.disposeData(tensor.dataId);
    }
    return Array.isArray(outputs) ? back : back[0]!;
  };
}

type Values = ReturnType<BackendWasm['readSync']>;
type PlainBackend = {
  write(values: Values, shape: number[], dtype: TensorInfo['dtype']): TensorInfo['dataId'];
  readSync(id: TensorInfo['dataId']): Values;
  disposeData(id: TensorInfo['dataId']): boolean;
};

function copy(
  { dataId, shape, dtype }: TensorInfo,
  read: (id: TensorInfo['dataId']) => Values,
  to: PlainBackend,
): TensorInfo {
  return { dataId: to.write(read(dataId), shape, dtype), shape, dtype };
}
