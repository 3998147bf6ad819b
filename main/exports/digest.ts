import { createHash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** What a person signs off: SHA-256 over one line "<sha256 of the file>  <name>\n" per file, sorted by name. */
export function digestOfFiles(files: { name: string; sha256: string }[]): string {
  const lines = [...files].sort((a, b) => (a.name < b.name ? -1 : 1)).map((file) => `${file.sha256}  ${file.name}\n`);
  return sha256(lines.join(''));
}
