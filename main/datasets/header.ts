import { AppError } from '../../shared/errors.ts';

export const MOST_COLUMNS = 4096;

/**
 * Column names from the first row: trimmed, NFC, `column 3` where a name is empty. TABLE_ONE_COLUMN, TABLE_TOO_WIDE,
 * TABLE_DUPLICATE_COLUMNS.
 */
export function readHeader(row: string[] | undefined, fileName: string): string[] {
  if (row === undefined) {
    throw new AppError(
      'TABLE_RAGGED',
      `The first row of "${fileName}" is blank or longer than a megabyte. Nothing was imported.`,
    );
  }
  if (row.length < 2) {
    throw new AppError(
      'TABLE_ONE_COLUMN',
      `"${fileName}" reads as a single column. Nothing was imported.`,
      'Cells must be separated by commas, semicolons, tabs or |.',
    );
  }
  if (row.length > MOST_COLUMNS) {
    throw new AppError(
      'TABLE_TOO_WIDE',
      `"${fileName}" has ${row.length.toLocaleString('en')} columns; at most ${MOST_COLUMNS.toLocaleString('en')} can be imported.`,
      'Keep the columns you need, for example after a first selection of variables.',
    );
  }
  const names = row.map((name, column) => name.trim().normalize('NFC') || `column ${column + 1}`);
  const twice = [...new Set(names.filter((name, column) => names.indexOf(name) !== column))];
  if (twice.length > 0) {
    const shown = twice.slice(0, 5).map((name) => `"${name}"`);
    throw new AppError(
      'TABLE_DUPLICATE_COLUMNS',
      `"${fileName}" has several columns called ${shown.join(', ')}${twice.length > 5 ? ` and ${twice.length - 5} more` : ''}. Nothing was imported.`,
      'Give every column a name of its own.',
    );
  }
  return names;
}
