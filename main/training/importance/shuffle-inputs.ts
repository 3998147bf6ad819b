import type { Preprocessing } from '../preprocessing/document.ts';
import type { ImagePreprocessing } from '../preprocessing/prepare-images.ts';
import type { ImageInputs, Inputs, TableInputs } from '../recipes/recipe.ts';
import { isRegion, shuffleRegion } from './shuffle-region.ts';

/**
 * The inputs with one feature's values taken from other rows: row i gets those of row `order[i]`. All model columns of the
 * feature (levels of a category, its missing indicator) move together; of images, `feature` names a region. null when the
 * model reads nothing of the feature, so that its predictions stay as they are. The inputs themselves are not changed.
 */
export function shuffleInputs<I extends Inputs>(
  inputs: I,
  preprocessing: Preprocessing | ImagePreprocessing,
  feature: string,
  order: Int32Array,
): I | null;
export function shuffleInputs(
  inputs: TableInputs | ImageInputs,
  preprocessing: Preprocessing | ImagePreprocessing,
  feature: string,
  order: Int32Array,
): Inputs | null {
  if (inputs.kind === 'images') return isRegion(feature) ? shuffleRegion(inputs, feature, order) : null;
  if ('images' in preprocessing) return null;
  let from = 0;
  for (const { feature: name, columns } of preprocessing.features) {
    if (name === feature) return shuffleColumns(inputs, from, from + columns.length, order);
    from += columns.length;
  }
  return null;
}

function shuffleColumns(inputs: TableInputs, from: number, to: number, order: Int32Array): TableInputs {
  const { x, rows, columns } = inputs;
  const shuffled = x.slice();
  for (let i = 0; i < rows; i++) {
    const source = order[i]! * columns;
    for (let c = from; c < to; c++) shuffled[i * columns + c] = x[source + c]!;
  }
  return { ...inputs, x: shuffled };
}
