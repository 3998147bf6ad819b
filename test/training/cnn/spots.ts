import { cnnDeclaration } from '../../../main/training/recipes/cnn/declaration.ts';
import type { FitInput, ImageInputs, ImageSamples } from '../../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { quietReport } from '../quiet-report.ts';

const SIDE = 10;
const random = createRandom(8);
/** A bright spot in the upper or the lower half, in noise. */
export function spots(rows: number): ImageSamples {
  const y = Float64Array.from({ length: rows }, () => random.below(2));
  const bytes = Uint8Array.from({ length: rows * SIDE * SIDE }, () => random.below(60));
  y.forEach((k, row) => {
    const place = (k * 5 + 1 + random.below(3)) * SIDE + 1 + random.below(SIDE - 2);
    bytes[row * SIDE * SIDE + place] = 255;
    bytes[row * SIDE * SIDE + place + 1] = 255;
  });
  const read = (at: Int32Array, into = new Uint8Array(at.length * SIDE * SIDE)): Uint8Array => {
    at.forEach((row, i) => {
      into.set(bytes.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE), i * SIDE * SIDE);
    });
    return into;
  };
  return { kind: 'images', rows, height: SIDE, width: SIDE, channels: 1, y, read };
}
export const train = spots(150);
export const validation = spots(60);
const defaults = Object.fromEntries(cnnDeclaration.params.map((param) => [param.name, param.default]));

/** What `cnn` is given to learn where the spot is, with a report that keeps what it hears. */
export function input(params: Record<string, ParamValue>, more: Partial<FitInput<ImageInputs>> = {}) {
  const report = quietReport();
  const wish: FitInput<ImageInputs> = {
    engine: 'cpu',
    cores: 2,
    deterministic: true,
    task: 'binary',
    train,
    validation,
    classes: ['above', 'below'],
    columns: [],
    params: { ...defaults, widths: '4, 6', epochs: 3, ...params },
    seed: 5,
    allowSmallerBatch: false,
    checkpoint: { saved: null, async offer() {} },
    start: null,
    report,
    ...more,
  };
  return { ...wish, report };
}
