import type { Optimizer } from './optimizer.ts';

const MOMENTUM = 0.9;

/** Stochastic gradient descent with Nesterov's momentum (Sutskever et al. 2013); the decay is part of the gradient. */
export function sgd(decay: number, mask: Uint8Array, from: number): Optimizer {
  const momentum = new Float32Array(mask.length);
  return {
    step(parameters, gradient, rate) {
      for (let i = from; i < parameters.length; i++) {
        const g = gradient[i]! + decay * mask[i]! * parameters[i]!;
        momentum[i] = MOMENTUM * momentum[i]! + g;
        parameters[i] = parameters[i]! - rate * (g + MOMENTUM * momentum[i]!);
      }
    },
    state: () => [momentum],
    restore: ([saved]) => momentum.set(saved!),
  };
}
