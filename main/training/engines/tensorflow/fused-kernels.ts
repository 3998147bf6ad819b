import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';
import { fusedKernels } from '../fused-kernels.ts';

type Attribute = { name: string; type: number; value: unknown };
type Native = KernelBackend & {
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_FLOAT', number>;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: TensorInfo[], outputs: number): Tensor[];
};

/** TensorFlow's own kernels for what is several operations elsewhere (main/training/engines/fused-kernels.ts). */
export function addFusedKernels(tf: Tensors, backend: KernelBackend): void {
  if (!('executeMultipleOutputs' in backend)) return;
  const native = backend as Native;
  const { binding } = native;
  const type = (name: string): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT });
  const add = (
    kernelName: string,
    run: (inputs: Record<string, TensorInfo>, epsilon: number) => TensorInfo | TensorInfo[],
  ): void =>
    tf.registerKernel({
      kernelName,
      backendName: 'tensorflow',
      kernelFunc: ({ inputs, attrs }) => run(inputs as Record<string, TensorInfo>, Number(attrs?.['epsilon'])),
    });
  const normalisation = (epsilon: number): Attribute[] => [
    type('T'),
    type('U'),
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];

  add(fusedKernels.reluGradient, ({ dy, y }) => native.executeSingleOutput('ReluGrad', [type('T')], [dy!, y!]));
  add(fusedKernels.normalise, ({ x, scale, shift }, epsilon) => {
    // Running statistics are kept elsewhere; these two are what TensorFlow calls empty.
    const none = [tf.tensor1d([]), tf.tensor1d([])];
    const average = { name: 'exponential_avg_factor', type: binding.TF_ATTR_FLOAT, value: 1 };
    const attributes = [...normalisation(epsilon), average];
    const outputs = native.executeMultipleOutputs('FusedBatchNormV3', attributes, [x!, scale!, shift!, ...none], 6);
    tf.dispose(none);
    return outputs;
  });
  add(fusedKernels.normaliseGradient, ({ dy, x, scale, mean, variance, reserve }, epsilon) => {
    const inputs = [dy!, x!, scale!, mean!, variance!, reserve!];
    const outputs = native.executeMultipleOutputs('FusedBatchNormGradV3', normalisation(epsilon), inputs, 5);
    tf.dispose(outputs.slice(3));
    return outputs.slice(0, 3);
  });
}
