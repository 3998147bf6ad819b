import type { PicturePixels } from '../../../shared/contract/datasets.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { openImages } from '../../store/images/open-images.ts';
import { openTable } from '../../store/table/open-table.ts';
import { classColumn } from './image-columns.ts';
import { cellText } from './list-images.ts';

/** Small copies of some rows, in their order, each with its class. KIND_UNSUPPORTED for a table, INPUT_INVALID for no such row. */
export function readThumbnails(
  vaultDir: string,
  version: StoredVersion,
  rows: number[],
): (PicturePixels & { row: number; label: string | null })[] {
  const images = openImages(vaultDir, version);
  const table = openTable(vaultDir, version);
  try {
    const column = classColumn(version);
    const labels = column === null ? null : table.column(column.name);
    return rows.map((row) => ({
      row,
      label: labels === null ? null : cellText(labels, row),
      ...images.thumbnail(row),
    }));
  } finally {
    table.close();
    images.close();
  }
}
