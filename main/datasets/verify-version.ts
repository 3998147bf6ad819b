import { join } from 'node:path';
import type { StoredVersion } from '../store/datasets.ts';
import { originalFile } from '../store/table/layout.ts';
import { blobFolder } from '../store/table/table-file.ts';
import { hashFile, hashTable } from './hash-files.ts';
import { verifyImages } from './images/verify-images.ts';

/** Hashes the original file and the columnar form anew and compares them with the version's record. */
export function verifyVersion(vaultDir: string, version: StoredVersion): { valid: boolean; reason: string } {
  if (version.kind === 'images') return verifyImages(vaultDir, version);
  const folder = blobFolder(vaultDir, version.blob);
  const name = `${version.name}@v${version.version}`;
  const original = hashFile(join(folder, originalFile));
  if (original === null) return { valid: false, reason: `The original file of ${name} is not in the vault any more.` };
  if (original !== version.blob)
    return { valid: false, reason: `The original file of ${name} was changed after its import.` };
  const columnar = hashTable(folder);
  if (columnar === null) return { valid: false, reason: `The columnar form of ${name} cannot be read.` };
  if (columnar !== version.hash)
    return { valid: false, reason: `The columnar form of ${name} was changed after its import.` };
  return { valid: true, reason: `The original file and every column of ${name} are as they were imported.` };
}
