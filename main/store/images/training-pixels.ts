import { join } from 'node:path';
import type { StoredVersion } from '../datasets.ts';
import { blobFolder } from '../table/table-file.ts';
import { createDecodePool } from './decode-pool.ts';
import { packFile } from './layout.ts';
import { damaged, openImages } from './open-images.ts';
import { type CachedPixels, openCache, writeCache } from './pixel-cache.ts';

/** Squares of some rows. `read` is synchronous: bytes of the rows at the positions `at`, n × height × width × channels. */
export type TrainingPixels = {
  height: number;
  width: number;
  channels: 1 | 3;
  read(at: Int32Array, into?: Uint8Array): Uint8Array;
  close(): void;
};

export type PixelsWanted = { size: number; channels: 1 | 3 };
export type PixelsVersion = Pick<StoredVersion, 'blob' | 'rows' | 'images'>;

const BATCH = 32;
/** For one batch of stored images, each of which was decoded once before. */
const TIMEOUT_MS = 300_000;

/**
 * The images of `rows` as 8-bit squares of `size`: proportions kept, centred on black, area means when made smaller, straight
 * lines between pixels when made larger; 16-bit values by the dataset's common white. The first call decodes them in threads and
 * keeps them below `cache/pixels` in the vault (safe to delete); later ones read that. `progress` hears images done and all.
 * Positions of `read` are places in `rows`. KIND_UNSUPPORTED for a table, VAULT_DAMAGED when a stored image cannot be read.
 */
export async function trainingPixels(
  vaultDir: string,
  version: PixelsVersion,
  rows: Int32Array,
  wanted: PixelsWanted,
  progress?: (done: number, all: number) => void,
): Promise<TrainingPixels> {
  const kept = keptRows(rows, version.rows);
  const key = { blob: version.blob, rows: kept, white: version.images?.white ?? 255, ...wanted };
  const cached = openCache(vaultDir, key) ?? (await decodeAll(vaultDir, version, kept, wanted, key, progress));
  const slotOf = new Map(Array.from(kept, (row, slot) => [row, slot]));
  const slots = Int32Array.from(rows, (row) => slotOf.get(row)!);
  const each = wanted.size * wanted.size * wanted.channels;
  return {
    height: wanted.size,
    width: wanted.size,
    channels: wanted.channels,
    read(at, into = new Uint8Array(at.length * each)) {
      for (let i = 0; i < at.length; i++) cached.copy(slots[at[i]!]!, into, i * each);
      return into;
    },
    close: () => cached.close(),
  };
}

/** Every row of the dataset when at least half are wanted, so that other parts of it find them too; else those wanted, in order. */
function keptRows(rows: Int32Array, all: number): Int32Array {
  const wanted = Int32Array.from(new Set(rows)).sort();
  return wanted.length * 2 >= all ? Int32Array.from({ length: all }, (_, row) => row) : wanted;
}

async function decodeAll(
  vaultDir: string,
  version: PixelsVersion,
  rows: Int32Array,
  { size, channels }: PixelsWanted,
  key: Parameters<typeof openCache>[1],
  progress: ((done: number, all: number) => void) | undefined,
): Promise<CachedPixels> {
  const images = openImages(vaultDir, version);
  const pool = createDecodePool(TIMEOUT_MS);
  try {
    const pack = join(blobFolder(vaultDir, version.blob), packFile);
    let done = 0;
    const batch = async (first: number): Promise<Uint8Array> => {
      const part = rows.subarray(first, first + BATCH);
      const places = new Float64Array(part.length * 2);
      for (const [at, row] of part.entries()) {
        const { offset, bytes } = images.record(row);
        places.set([offset, bytes], at * 2);
      }
      const samples = await pool.squares({ pack, places, white: key.white, size, channels });
      done += part.length;
      progress?.(done, rows.length);
      return samples;
    };
    return await writeCache(vaultDir, key, inOrder(rows.length, pool.threads * 2, batch));
  } catch (error) {
    if (error instanceof Error && error.name === 'ImageProblem')
      throw damaged('an image in it cannot be decoded', error);
    throw error;
  } finally {
    await pool.close();
    images.close();
  }
}

/** Batches in order, at most `ahead` of them under way. */
async function* inOrder(
  count: number,
  ahead: number,
  batch: (first: number) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const under: Promise<Uint8Array>[] = [];
  let first = 0;
  while (first < count || under.length > 0) {
    while (first < count && under.length < ahead) {
      const one = batch(first);
      // Awaited in its turn; until then its failure is nobody's.
      one.catch(() => undefined);
      under.push(one);
      first += BATCH;
    }
    yield await under.shift()!;
  }
}
