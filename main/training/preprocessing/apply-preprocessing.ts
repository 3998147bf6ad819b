import { AppError } from '../../../shared/errors.ts';
import type { ModelColumn } from '../recipes/recipe.ts';
import type { Preprocessing } from './document.ts';
import type { ReadColumn } from './feature-column.ts';
import { rawValue } from './raw-value.ts';

export const modelColumns = (document: Preprocessing): ModelColumn[] =>
  document.features.flatMap(({ columns }) =>
    columns.map(({ name, mean, scale, source }) => ({
      name,
      mean,
      scale,
      ...(source.kind === 'level-code' ? { levels: source.levels } : {}),
    })),
  );

/**
 * The model's input for some rows: row-major rows × columns, standardised or raw as it was fitted. Numbers beyond ±1e150
 * overflow and are refused.
 */
export function applyPreprocessing(document: Preprocessing, read: ReadColumn, rows: Int32Array): Float64Array {
  const width = modelColumns(document).length;
  const x = new Float64Array(rows.length * width);
  let at = 0;
  for (const fitted of document.features) {
    const column = read(fitted.feature);
    for (const { source, mean, scale } of fitted.columns) {
      const value = rawValue(column, fitted, source);
      const raw = source.kind === 'number-or-missing' || source.kind === 'level-code';
      for (let i = 0; i < rows.length; i++) {
        const scaled = (value(rows[i]!) - mean) / scale;
        if (!raw && !Number.isFinite(scaled)) {
          throw new AppError(
            'NUMBER_NOT_FINITE',
            `Column "${fitted.feature}" holds numbers too large to compute with.`,
          );
        }
        x[i * width + at] = scaled;
      }
      at++;
    }
  }
  return x;
}
