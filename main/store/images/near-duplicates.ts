import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { blobFolder } from '../table/table-file.ts';
import { HASH_BYTES } from './image-hash.ts';
import { duplicatesFile, type ImageRecord } from './layout.ts';
import { type ImagesRef, openImages } from './open-images.ts';
import { type FoundDuplicates, type NearDuplicate, searchDuplicates } from './search-duplicates.ts';

export type { FoundDuplicates, NearDuplicate };

/** Raise it when other pairs are found in the same images. */
const METHOD = 1;
const stored = z.strictObject({
  method: z.literal(METHOD),
  more: z.boolean(),
  pairs: z.array(z.tuple([z.int(), z.int(), z.number()])),
});

/**
 * Pairs of images of a version that look the same, by row: found at import and kept beside the images, or searched now when the
 * vault has none of this method. Two images of one person count too. KIND_UNSUPPORTED for a table.
 */
export function findNearDuplicates(vaultDir: string, version: ImagesRef): FoundDuplicates {
  const path = join(blobFolder(vaultDir, version.blob), duplicatesFile);
  if (version.images !== null && existsSync(path)) {
    const read = stored.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (read.success) {
      const pairs = read.data.pairs.map(([a, b, similarity]) => ({ a, b, similarity }));
      return { pairs, more: read.data.more };
    }
  }
  const images = openImages(vaultDir, version);
  try {
    const records = Array.from({ length: images.count }, (_, row) => images.record(row));
    return searchDuplicates(hashesOf(records), images.copies());
  } finally {
    images.close();
  }
}

/** Searches the images of a version that is being made, and writes what was found into its folder. */
export function keepNearDuplicates(folder: string, records: ImageRecord[], copies: Uint8Array): FoundDuplicates {
  const found = searchDuplicates(hashesOf(records), copies);
  const pairs = found.pairs.map(({ a, b, similarity }) => [a, b, Math.round(similarity * 1e6) / 1e6]);
  const text = JSON.stringify({ method: METHOD, more: found.more, pairs });
  writeFileSync(join(folder, duplicatesFile), text, { mode: 0o600, flush: true });
  return found;
}

function hashesOf(records: ImageRecord[]): Uint8Array {
  const hashes = new Uint8Array(records.length * HASH_BYTES);
  for (const [row, { hash }] of records.entries()) hashes.set(hash.subarray(0, HASH_BYTES), row * HASH_BYTES);
  return hashes;
}

/** Pairs whose images lie on different sides; `sideOf` gives the side (part or fold) of a dataset row, -1 for one on none. */
export function duplicatesAcross(pairs: NearDuplicate[], sideOf: (row: number) => number): NearDuplicate[] {
  return pairs.filter(({ a, b }) => {
    const [left, right] = [sideOf(a), sideOf(b)];
    return left >= 0 && right >= 0 && left !== right;
  });
}
