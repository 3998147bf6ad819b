import { join } from 'node:path';
import type { ImageInView } from '../../../shared/contract/datasets.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { createDecodePool } from '../../store/images/decode-pool.ts';
import { packFile } from '../../store/images/layout.ts';
import { damaged, openImages } from '../../store/images/open-images.ts';
import { readCell } from '../../store/table/cells.ts';
import { blobFolder, openTableFile } from '../../store/table/table-file.ts';
import { shownColumns } from './image-columns.ts';

const MOST_SIDE = 1024;
/** The image was decoded once before, at its import. */
const TIMEOUT_MS = 60_000;

/**
 * One image for looking at, decoded in a thread that ends with it, and the cells of its row that could name nobody.
 * KIND_UNSUPPORTED for a table, INPUT_INVALID for no such row, VAULT_DAMAGED when the stored file cannot be decoded.
 */
export async function showImage(vaultDir: string, version: StoredVersion, row: number): Promise<ImageInView> {
  const folder = blobFolder(vaultDir, version.blob);
  const images = openImages(vaultDir, version);
  const pool = createDecodePool(TIMEOUT_MS, 1);
  try {
    const { offset, bytes, width, height, channels, bits, format } = images.record(row);
    const size = Math.min(MOST_SIDE, Math.max(width, height));
    const places = Float64Array.of(offset, bytes);
    const white = version.images!.white;
    const samples = await pool.squares({ pack: join(folder, packFile), places, white, size, channels });
    const picture = { width: size, height: size, channels, samples };
    return { width, height, bits, format, bytes, picture, cells: cellsOf(folder, version, row) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ImageProblem')
      throw damaged('an image in it cannot be decoded', error);
    throw error;
  } finally {
    await pool.close();
    images.close();
  }
}

function cellsOf(folder: string, version: StoredVersion, row: number): ImageInView['cells'] {
  const file = openTableFile(folder);
  try {
    return shownColumns(version).map(({ name }) => ({ column: name, value: readCell(file, file.column(name), row) }));
  } finally {
    file.close();
  }
}
