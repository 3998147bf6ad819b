import type { Layout } from '../network/part.ts';

/** Changes a flat vector of parameters by its gradient; what lies before `from` is never touched. */
export type Optimizer = {
  step(parameters: Float32Array, gradient: Float32Array, rate: number): void;
  /** Everything that the next step depends on, to be copied by whoever keeps it. */
  state(): Float32Array[];
  restore(state: Float32Array[], steps: number): void;
};

/** 1 for the numbers that weight decay draws to zero (filters and the head's weights), 0 for the others. */
export function decayed(layout: Layout): Uint8Array {
  const mask = new Uint8Array(layout.parameterCount);
  for (const { role, offset, size } of layout.parameters) {
    if (role === 'filter' || role === 'weight') mask.fill(1, offset, offset + size);
  }
  return mask;
}
