import { COPY_BYTES, HASH_BYTES } from './image-hash.ts';
import { type ImagesRef, openImages } from './open-images.ts';
import { searchDuplicates } from './search-duplicates.ts';

/** Some images of a dataset version, by row. */
export type SomeImages = { version: ImagesRef; rows: readonly number[] };

/** Rows of `now` whose images look the same as one of `seen`, as near-duplicates of one dataset are found. KIND_UNSUPPORTED for a table. */
export function lookAlikes(vaultDir: string, seen: SomeImages, now: SomeImages): Set<number> {
  const count = seen.rows.length + now.rows.length;
  const hashes = new Uint8Array(count * HASH_BYTES);
  const copies = new Uint8Array(count * COPY_BYTES);
  let at = 0;
  for (const { version, rows } of [seen, now]) {
    const images = openImages(vaultDir, version);
    try {
      const all = images.copies();
      for (const row of rows) {
        hashes.set(images.record(row).hash.subarray(0, HASH_BYTES), at * HASH_BYTES);
        copies.set(all.subarray(row * COPY_BYTES, (row + 1) * COPY_BYTES), at * COPY_BYTES);
        at++;
      }
    } finally {
      images.close();
    }
  }
  const { pairs } = searchDuplicates(hashes, copies);
  const known = new Set<number>();
  for (const { a, b } of pairs) if (a < seen.rows.length && b >= seen.rows.length) known.add(b);
  // Of equal images only the first is compared with others.
  for (const { a, b, similarity } of pairs) if (similarity === 1 && known.has(a)) known.add(b);
  return new Set([...known].map((i) => now.rows[i - seen.rows.length]!));
}
