import type { FeaturePreprocessing, ModelColumnSource, Preprocessing } from './document.ts';
import {
  type FeatureColumn,
  isMissing,
  type LevelColumn,
  type NumberColumn,
  type ReadColumn,
} from './feature-column.ts';
import { fitRaw } from './fit-raw.ts';
import { rankLevels } from './rank-levels.ts';
import { rawValue } from './raw-value.ts';

/** A category gets columns for its most frequent levels; rarer ones count as the reference level. */
const MOST_LEVELS = 50;

/** Learns imputation, levels and scaling from the given rows (the training part) and nothing else. */
export function fitPreprocessing(
  read: ReadColumn,
  features: string[],
  rows: Int32Array,
  options: { missingIndicator: boolean; columns?: 'standard' | 'raw' },
): Preprocessing {
  if (options.columns === 'raw') return fitRaw(read, features, rows);
  const document: Preprocessing = { version: 1, features: [], dropped: [] };
  for (const feature of features) {
    const column = read(feature);
    const missing = rows.reduce((count, row) => count + (isMissing(column, row) ? 1 : 0), 0);
    if (missing === rows.length) {
      document.dropped.push({ column: feature, why: 'no value in the training part' });
      continue;
    }
    const { fitted, sources } =
      'values' in column ? fitNumber(feature, column, rows) : fitLevels(feature, column, rows, document);
    if (options.missingIndicator && missing > 0) {
      sources.push({ name: `${feature} missing`, source: { kind: 'missing' } });
    }
    for (const { name, source } of sources) {
      const { mean, scale } = meanAndDeviation(column, fitted, source, rows);
      if (scale > 1e-12 * Math.max(1, Math.abs(mean))) fitted.columns.push({ name, source, mean, scale });
      else document.dropped.push({ column: name, why: 'constant in the training part' });
    }
    if (fitted.columns.length > 0) document.features.push(fitted);
    else if (sources.length === 0) document.dropped.push({ column: feature, why: 'one level in the training part' });
  }
  return document;
}

type Fitted = { fitted: FeaturePreprocessing; sources: { name: string; source: ModelColumnSource }[] };

function fitNumber(feature: string, column: NumberColumn, rows: Int32Array): Fitted {
  const present = Float64Array.from(
    rows.filter((row) => !isMissing(column, row)),
    (row) => column.values[row]!,
  ).sort();
  const middle = present.length >> 1;
  const fill = present.length % 2 === 1 ? present[middle]! : (present[middle - 1]! + present[middle]!) / 2;
  return {
    fitted: { feature, kind: 'number', fill, columns: [] },
    sources: [{ name: feature, source: { kind: 'value' } }],
  };
}

function fitLevels(feature: string, column: LevelColumn, rows: Int32Array, document: Preprocessing): Fitted {
  const levels = rankLevels(column, rows);
  const kept = levels.slice(1, MOST_LEVELS + 1);
  const rare = levels.length - 1 - kept.length;
  if (rare > 0) document.dropped.push({ column: feature, why: `${rare} rare levels count as the reference level` });
  return {
    fitted: { feature, kind: 'levels', fill: levels[0]!, columns: [] },
    sources: kept.sort().map((level) => ({ name: `${feature}=${level}`, source: { kind: 'level', level } })),
  };
}

/** Mean and population standard deviation (as scikit-learn's StandardScaler) after imputation; two passes. */
function meanAndDeviation(
  column: FeatureColumn,
  fitted: FeaturePreprocessing,
  source: ModelColumnSource,
  rows: Int32Array,
): { mean: number; scale: number } {
  const value = rawValue(column, fitted, source);
  let sum = 0;
  for (const row of rows) sum += value(row);
  const mean = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += (value(row) - mean) ** 2;
  return { mean, scale: Math.sqrt(squares / rows.length) };
}
