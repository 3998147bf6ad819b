import type { Random } from '../../../../../shared/statistics/random.ts';
import type { Layout, Part } from './part.ts';

/** What is learnt: parameters and the running statistics of batch normalisation, laid out as `layoutOf` says. */
export type Weights = { parameters: Float32Array; statistics: Float32Array };

/** Weights before training: filters by He et al. (2015), the head by Glorot and Bengio (2010), normalisation neutral. */
export function initialWeights(layout: Layout, random: Random): Weights {
  const parameters = new Float32Array(layout.parameterCount);
  for (const part of layout.parameters) drawPart(part, parameters, random);
  const statistics = new Float32Array(layout.statisticCount);
  for (const { role, offset, size } of layout.statistics) {
    if (role === 'variance') statistics.fill(1, offset, offset + size);
  }
  return { parameters, statistics };
}

/** Draws one part anew. */
export function drawPart({ role, shape, offset, size }: Part, into: Float32Array, random: Random): void {
  const at = into.subarray(offset, offset + size);
  if (role === 'scale') at.fill(1);
  else if (role === 'shift' || role === 'bias') at.fill(0);
  else {
    const out = shape.at(-1)!;
    const fanIn = size / out;
    const deviation = Math.sqrt(2 / (role === 'filter' ? fanIn : fanIn + out));
    for (let i = 0; i < size; i++) at[i] = random.normal() * deviation;
  }
}
