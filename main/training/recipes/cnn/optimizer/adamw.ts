import type { Optimizer } from './optimizer.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019): w ← w − rate · decay · w first. */
export function adamW(decay: number, mask: Uint8Array, from: number): Optimizer {
  const means = new Float32Array(mask.length);
  const squares = new Float32Array(mask.length);
  let taken = 0;
  return {
    step(parameters, gradient, rate) {
      taken++;
      const forMean = 1 / (1 - BETA1 ** taken);
      const forSquare = 1 / (1 - BETA2 ** taken);
      for (let i = from; i < parameters.length; i++) {
        const g = gradient[i]!;
        means[i] = BETA1 * means[i]! + (1 - BETA1) * g;
        squares[i] = BETA2 * squares[i]! + (1 - BETA2) * g * g;
        const change = (means[i]! * forMean) / (Math.sqrt(squares[i]! * forSquare) + EPSILON);
        parameters[i] = parameters[i]! * (1 - rate * decay * mask[i]!) - rate * change;
      }
    },
    state: () => [means, squares],
    restore([mean, square], steps) {
      means.set(mean!);
      squares.set(square!);
      taken = steps;
    },
  };
}
