import { z } from 'zod';
import type { StoredModel } from '../recipe.ts';
import { architecture } from './network/architecture.ts';
import type { Weights } from './network/initial.ts';
import { layoutOf } from './network/layout.ts';

/** What model.json says of a network, whichever recipe trained it. */
export const storedNetwork = z.looseObject({
  kind: z.enum(['cnn', 'layers']),
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.array(z.string()),
  architecture,
  pixels: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }),
  targetSpread: z.object({ mean: z.number(), deviation: z.number() }),
  sets: z.int().positive(),
});
export type StoredNetwork = z.infer<typeof storedNetwork>;

/** Sets of weights as weights.bin holds them, one after the other. */
export function packed(sets: Weights[]): Uint8Array {
  const all = sets.flatMap(({ parameters, statistics }) => [...parameters, ...statistics]);
  return new Uint8Array(Float32Array.from(all).buffer);
}

/** The weights of a stored model, one entry per set. */
export function unpacked({ document, weights }: StoredModel): Weights[] {
  const { architecture: net, sets } = storedNetwork.parse(document);
  const { parameterCount, statisticCount } = layoutOf(net);
  const all = new Float32Array(weights!.slice().buffer);
  const each = parameterCount + statisticCount;
  return Array.from({ length: sets }, (_, s) => ({
    parameters: all.slice(s * each, s * each + parameterCount),
    statistics: all.slice(s * each + parameterCount, (s + 1) * each),
  }));
}
