import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { maskedCrc32c } from './crc32c.ts';

/**
 * How the reading of an event file ended. `end`: at its end. `cut`: within a record, as while a job writes; reading can go on at
 * `offset` later. `damaged`: a checksum is wrong, and nothing after it can be trusted.
 */
export type RecordsEnd = { offset: number; end: 'end' | 'cut' | 'damaged' };

const blockBytes = 4 << 20;
/** u64 length, u32 checksum of it; after the payload u32 checksum of that. */
const headBytes = 12;
const overhead = headBytes + 4;

/**
 * Hands every whole record of a file from `offset` on to `onRecord`, as a range of a buffer that is used again afterwards. Both
 * checksums of each are checked. `pause` is awaited once per block.
 */
export async function readRecords(
  file: string,
  offset: number,
  onRecord: (buffer: Buffer, start: number, end: number) => void,
  pause: (bytes: number) => Promise<void>,
): Promise<RecordsEnd> {
  const handle = openSync(file, 'r');
  try {
    const size = fstatSync(handle).size;
    let buffer = Buffer.allocUnsafe(Math.max(overhead, Math.min(blockBytes, size - offset)));
    let held = 0;
    let position = offset;
    let done = offset;
    for (;;) {
      const read = readSync(handle, buffer, held, buffer.length - held, position);
      position += read;
      held += read;
      const { used, wanted, damaged } = takeRecords(buffer, held, onRecord);
      done += used;
      if (damaged) return { offset: done, end: 'damaged' };
      buffer.copyWithin(0, used, held);
      held -= used;
      await pause(used);
      if (read === 0) return { offset: done, end: held === 0 ? 'end' : 'cut' };
      if (wanted > buffer.length) {
        // Its length is right, by its checksum: more than the file holds is still being written.
        if (wanted > size - done) return { offset: done, end: 'cut' };
        const larger = Buffer.allocUnsafe(wanted);
        buffer.copy(larger, 0, 0, held);
        buffer = larger;
      }
    }
  } finally {
    closeSync(handle);
  }
}

/** `wanted`: bytes of the first record that is not whole, as far as its length is known. */
function takeRecords(
  buffer: Buffer,
  held: number,
  onRecord: (buffer: Buffer, start: number, end: number) => void,
): { used: number; wanted: number; damaged: boolean } {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let at = 0;
  while (at + headBytes <= held) {
    if (view.getInt32(at + 8, true) !== maskedCrc32c(buffer, at, at + 8)) return { used: at, wanted: 0, damaged: true };
    const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
    const end = at + headBytes + length;
    if (end + 4 > held) return { used: at, wanted: length + overhead, damaged: false };
    if (view.getInt32(end, true) !== maskedCrc32c(buffer, at + headBytes, end)) {
      return { used: at, wanted: 0, damaged: true };
    }
    onRecord(buffer, at + headBytes, end);
    at = end + 4;
  }
  return { used: at, wanted: 0, damaged: false };
}
