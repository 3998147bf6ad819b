import { AppError } from '../../../shared/errors.ts';
import type { FeaturePreprocessing, ModelColumnSource } from './document.ts';
import { type FeatureColumn, isMissing } from './feature-column.ts';

/** Reads a model column's value before scaling: a number, 0/1 for a level or a missing cell, or a level's code. */
export function rawValue(
  column: FeatureColumn,
  fitted: FeaturePreprocessing,
  source: ModelColumnSource,
): (row: number) => number {
  if (source.kind === 'missing') return (row) => (isMissing(column, row) ? 1 : 0);
  if (source.kind === 'value' && fitted.kind === 'number' && 'values' in column) {
    return (row) => (isMissing(column, row) ? fitted.fill : column.values[row]!);
  }
  if (source.kind === 'number-or-missing' && 'values' in column) {
    return (row) => (isMissing(column, row) ? Number.NaN : column.values[row]!);
  }
  if (source.kind === 'level-code' && 'codes' in column) {
    const places = new Map(source.levels.map((level, place) => [level, place]));
    const codes = Float64Array.from(column.dictionary, (level) => places.get(level) ?? Number.NaN);
    return (row) => (isMissing(column, row) ? Number.NaN : codes[column.codes[row]!]!);
  }
  if (source.kind === 'level' && 'codes' in column) {
    const code = column.dictionary.indexOf(source.level);
    // The most frequent level fills missing cells, and it has no column.
    return (row) => (code >= 0 && !isMissing(column, row) && column.codes[row] === code ? 1 : 0);
  }
  throw new AppError(
    'FEATURES_INVALID',
    `Column "${fitted.feature}" held ${fitted.kind === 'number' ? 'numbers' : 'levels'} when the model was fitted and does not now.`,
  );
}
