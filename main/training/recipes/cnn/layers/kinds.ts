import { convolutionKinds } from './convolution-kinds.ts';
import { denseKinds } from './dense-kinds.ts';
import type { LayerKind } from './layer-kind.ts';
import { mergingKinds } from './merging-kinds.ts';
import { plainKinds } from './plain-kinds.ts';
import { poolingKinds } from './pooling-kinds.ts';

/** Every kind of layer that a network may have, by its name in Keras. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map(
  Object.entries({ ...convolutionKinds, ...denseKinds, ...poolingKinds, ...mergingKinds, ...plainKinds }),
);
