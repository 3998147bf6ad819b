import type { Tensors } from './engine.ts';

/**
 * Kernels that an engine may have for what is otherwise several operations.
 * `reluGradient` (dy, y) → dy where y > 0, else 0.
 * `normalise` (x, scale, shift; epsilon) → batch normalisation of x (n × height × width × channels), the mean and the variance
 * (divided by n − 1) of each channel, and three tensors for the gradient.
 * `normaliseGradient` (dy, x, scale, mean, variance, reserve: those three; epsilon) → by x, scale and shift.
 */
export const fusedKernels = {
  reluGradient: 'WardbookReluGradient',
  normalise: 'WardbookNormalise',
  normaliseGradient: 'WardbookNormaliseGradient',
} as const;

/** Whether the engine that `tf` computes on has this kernel. */
export function hasFused(tf: Tensors, name: keyof typeof fusedKernels): boolean {
  return tf.getKernel(fusedKernels[name], tf.getBackend()) !== undefined;
}
