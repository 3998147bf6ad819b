import type { ImageRows } from '../../../shared/contract/datasets.ts';
import { AppError } from '../../../shared/errors.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import type { Cells } from '../../store/table/cells.ts';
import { openTable } from '../../store/table/open-table.ts';
import { filterColumns } from './image-columns.ts';

const MOST_LEVELS = 200;

/** A cell as text; null where missing. */
export const cellText = (cells: Cells, row: number): string | null => {
  if (cells.missing[row] === 1) return null;
  return cells.kind === 'numeric' ? String(cells.values[row]) : cells.dictionary[cells.codes[row]!]!;
};

/**
 * The rows of an image dataset whose cells are all those asked for, and what there is to ask for, the most frequent first.
 * KIND_UNSUPPORTED for a table, COLUMN_NOT_FOUND for a column that cannot be filtered by.
 */
export function listImages(
  vaultDir: string,
  version: StoredVersion,
  where: { column: string; level: string }[],
): ImageRows {
  if (version.images === null)
    throw new AppError(
      'KIND_UNSUPPORTED',
      'This dataset is a table: it holds no images.',
      'Choose a dataset of images.',
    );
  const table = openTable(vaultDir, version);
  try {
    const columns = filterColumns(version).map(({ column, what }) => ({
      column: column.name,
      what,
      cells: table.column(column.name),
    }));
    const wanted = where.map(({ column, level }) => {
      const found = columns.find((one) => one.column === column);
      if (found !== undefined) return { cells: found.cells, level };
      throw new AppError('COLUMN_NOT_FOUND', 'Images cannot be filtered by that column.', 'Take a class or a split.');
    });
    const rows = Int32Array.from({ length: version.rows }, (_, row) => row).filter((row) =>
      wanted.every(({ cells, level }) => cellText(cells, row) === level),
    );
    const filters = columns.map(({ column, what, cells }) => ({ column, what, levels: levelsOf(cells, version.rows) }));
    return { rows, filters };
  } finally {
    table.close();
  }
}

function levelsOf(cells: Cells, rows: number): { level: string; count: number }[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const level = cellText(cells, row);
    if (level !== null) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const levels = [...counts].map(([level, count]) => ({ level, count }));
  return levels.sort((a, b) => b.count - a.count).slice(0, MOST_LEVELS);
}
