import { createRandom } from '../../../../shared/statistics/random.ts';
import type { ImageRecipe } from '../recipe.ts';
import { fitFrom, outputsOf } from './fit-from.ts';
import { stemStrideFor } from './network/architecture.ts';
import { initialWeights } from './network/initial.ts';
import { layoutOf } from './network/layout.ts';
import { loadNetwork } from './network-model.ts';
import { pixelScaleOf } from './pixel-scale.ts';
import { seedOf } from './seed-of.ts';
import { parseWidths } from './widths.ts';

export const cnn: ImageRecipe = {
  input: 'images',
  needsValidation: (params) => params.keep === 'best' || Number(params.patience) > 0,
  async fit(input) {
    const { height, width, channels } = input.train;
    const architecture = {
      height,
      width,
      channels,
      widths: parseWidths(String(input.params.widths)),
      stemStride: stemStrideFor(Math.min(height, width)),
      outputs: outputsOf(input),
    };
    const weights = initialWeights(layoutOf(architecture), createRandom(seedOf(input.seed, 0)));
    return fitFrom(input, { architecture, pixels: pixelScaleOf(input.train), weights, firstTrained: 0 });
  },
  load: loadNetwork,
};
