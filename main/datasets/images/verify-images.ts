import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { contentHash } from '../../store/images/fingerprint.ts';
import { labelsFile } from '../../store/images/layout.ts';
import { openImages } from '../../store/images/open-images.ts';
import { originalFile } from '../../store/table/layout.ts';
import { blobFolder } from '../../store/table/table-file.ts';
import { hashFile, hashTable } from '../hash-files.ts';

/** Hashes every image, the labels and the columnar form anew and compares them with the version's record. */
export function verifyImages(vaultDir: string, version: StoredVersion): { valid: boolean; reason: string } {
  const folder = blobFolder(vaultDir, version.blob);
  const name = `${version.name}@v${version.version}`;
  const invalid = (what: string) => ({
    valid: false,
    reason: `${what} of ${name} ${what === 'Images' ? 'were' : 'was'} changed after its import, or cannot be read.`,
  });
  const table = hashTable(folder);
  const original = hashFile(join(folder, originalFile));
  const labels = existsSync(join(folder, labelsFile)) ? hashFile(join(folder, labelsFile)) : '';
  if (table === null || original === null || labels === null) return invalid('The labels table');
  const images = hashImages(vaultDir, version);
  if (images === null || contentHash('content', [table], images) !== version.hash) return invalid('Images');
  if (contentHash('files', [original, labels], images) !== version.blob) return invalid('The labels table');
  return { valid: true, reason: `Every image and every column of ${name} are as they were imported.` };
}

/** SHA-256 of each stored file, in the order of the rows; null when they cannot be read. */
function hashImages(vaultDir: string, version: StoredVersion): Uint8Array[] | null {
  try {
    const images = openImages(vaultDir, version);
    try {
      const hashes: Uint8Array[] = [];
      for (let row = 0; row < images.count; row++) {
        const hash = createHash('sha256').update(images.original(row)).digest();
        if (!hash.equals(images.record(row).sha256)) return null;
        hashes.push(hash);
      }
      return hashes;
    } finally {
      images.close();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_DAMAGED') return null;
    throw error;
  }
}
