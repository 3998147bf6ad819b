/**
 * How files write "no value", besides an empty cell. `None` and `unknown` are left alone: they are answers
 * ("other illness: none").
 */
export const missingTokens: readonly string[] = [
  'NA',
  'N/A',
  'n/a',
  'na',
  '#N/A',
  '#NA',
  'NULL',
  'null',
  'Null',
  '.',
  '-',
  '--',
  '?',
];

/** In a column of numbers these refuse the import (NUMBER_NOT_FINITE); anywhere else they are missing cells. */
export const nanTokens: readonly string[] = ['NaN', 'nan', 'NAN'];

const missing = new Set(missingTokens);

/** Whether a trimmed cell of a number column holds no value. */
export const isMissingCell = (cell: string): boolean => cell.length === 0 || (cell.length <= 4 && missing.has(cell));

/** Cells of a column of texts or levels that hold no value. */
export const noValue: readonly string[] = ['', ...missingTokens, ...nanTokens];
