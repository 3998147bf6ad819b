import { closeSync, openSync, readSync } from 'node:fs';
import type { ImageFormat } from '../../../shared/model/dataset.ts';
import { sniffFormat } from '../../store/images/decode/sniff-format.ts';

/** What the first bytes of a file say it is; null when nothing that is known here, or when it cannot be opened. */
export function sniffFile(path: string): ImageFormat | 'other-image' | null {
  try {
    const file = openSync(path, 'r');
    try {
      const head = new Uint8Array(132);
      return sniffFormat(head.subarray(0, readSync(file, head, 0, head.length, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
