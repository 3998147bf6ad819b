import type { FeaturePreprocessing, Preprocessing } from './document.ts';
import { isMissing, type NumberColumn, type ReadColumn } from './feature-column.ts';
import { rankLevels } from './rank-levels.ts';

/** Levels that keep a code; rarer ones count as missing. */
const MOST_LEVELS = 254;

/**
 * Columns as trees take them: one per feature, numbers as they are, categories as the place of the level among those of the
 * training part (in the order of the labels), NaN where a cell is missing. What tells rows apart in no way is dropped.
 */
export function fitRaw(read: ReadColumn, features: string[], rows: Int32Array): Preprocessing {
  const document: Preprocessing = { version: 1, features: [], dropped: [] };
  for (const feature of features) {
    const column = read(feature);
    const missing = rows.reduce((count, row) => count + (isMissing(column, row) ? 1 : 0), 0);
    if (missing === rows.length) {
      document.dropped.push({ column: feature, why: 'no value in the training part' });
      continue;
    }
    if ('values' in column) {
      if (missing > 0 || varies(column, rows)) document.features.push(numberFeature(feature));
      else document.dropped.push({ column: feature, why: 'constant in the training part' });
      continue;
    }
    const ranked = rankLevels(column, rows);
    const rare = ranked.length - MOST_LEVELS;
    if (rare > 0) document.dropped.push({ column: feature, why: `${rare} rare levels count as missing` });
    if (ranked.length > 1 || missing > 0)
      document.features.push(levelFeature(feature, ranked[0]!, ranked.slice(0, MOST_LEVELS).sort()));
    else document.dropped.push({ column: feature, why: 'one level in the training part' });
  }
  return document;
}

function varies(column: NumberColumn, rows: Int32Array): boolean {
  const first = column.values[rows[0]!]!;
  return rows.some((row) => column.values[row] !== first);
}

// Nothing is filled in, though the document has a place for it.
const numberFeature = (feature: string): FeaturePreprocessing => ({
  feature,
  kind: 'number',
  fill: 0,
  columns: [{ name: feature, source: { kind: 'number-or-missing' }, mean: 0, scale: 1 }],
});

const levelFeature = (feature: string, fill: string, levels: string[]): FeaturePreprocessing => ({
  feature,
  kind: 'levels',
  fill,
  columns: [{ name: feature, source: { kind: 'level-code', levels }, mean: 0, scale: 1 }],
});
