import { createHash } from 'node:crypto';

/** SHA-256 (64 hex) over hashes of a table and the SHA-256 of each image's bytes in the order of its rows. */
export function contentHash(what: 'content' | 'files', hashes: string[], images: Uint8Array[]): string {
  const hash = createHash('sha256').update(`wardbook images 1, ${what}, ${images.length}\n${hashes.join('\n')}\n`);
  for (const sha256 of images) hash.update(sha256);
  return hash.digest('hex');
}
