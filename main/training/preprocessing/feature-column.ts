/**
 * One column of a table as training reads it: numbers (dates in milliseconds, booleans as 0 and 1), or codes into a dictionary
 * of levels. `missing[row]` is 1 where there is no cell.
 */
export type NumberColumn = { values: Float64Array; missing: Uint8Array };
export type LevelColumn = { codes: Int32Array; dictionary: readonly string[]; missing: Uint8Array };
export type FeatureColumn = NumberColumn | LevelColumn;
export type ReadColumn = (name: string) => FeatureColumn;

/** NaN and infinite cells of a number column count as missing. */
export function isMissing(column: FeatureColumn, row: number): boolean {
  return column.missing[row] === 1 || ('values' in column && !Number.isFinite(column.values[row]!));
}
