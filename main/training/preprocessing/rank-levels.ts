import { isMissing, type LevelColumn } from './feature-column.ts';

/** Levels of some rows, the most frequent first; equal counts in the order of the labels, so that the order of rows plays no part. */
export function rankLevels(column: LevelColumn, rows: Int32Array): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (isMissing(column, row)) continue;
    const level = column.dictionary[column.codes[row]!]!;
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([level]) => level);
}
