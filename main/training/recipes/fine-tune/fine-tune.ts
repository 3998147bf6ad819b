import { cnn } from '../cnn/cnn.ts';
import { fitFrom } from '../cnn/fit-from.ts';
import { trainableCount } from '../cnn/network/frozen.ts';
import { layoutOf } from '../cnn/network/layout.ts';
import type { ImageRecipe } from '../recipe.ts';
import { beginFrom } from './begin-from.ts';

export const fineTune: ImageRecipe = {
  input: 'images',
  needsValidation: cnn.needsValidation,
  async fit(input) {
    const beginning = beginFrom(input);
    const layout = layoutOf(beginning.architecture);
    const count = trainableCount(layout, beginning.firstTrained);
    input.report.log(
      `Depth ${input.params.depth}: ${count.toLocaleString('en-US')} of ${layout.parameterCount.toLocaleString('en-US')} weights learn, the rest is frozen.`,
    );
    if (input.checkpoint.saved === null) input.report.point('network/trainable', 0, count);
    return fitFrom(input, beginning);
  },
  load: cnn.load,
};
