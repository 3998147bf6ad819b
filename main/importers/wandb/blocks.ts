import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** How the reading of a `.wandb` file ended; as in TensorBoard's event files. */
export type BlocksEnd = 'end' | 'cut' | 'damaged';

const blockBytes = 32_768;
const headBytes = 7;
const kind = { full: 1, first: 2, middle: 3, last: 4 };

/** `:W&B`, 0xBEE1 little-endian, version 0. */
const fileHead = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00]);
export const isWandbFile = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, headBytes)).equals(fileHead);

/**
 * Hands every whole record of a file to `onRecord`, which ends the reading by returning false. LevelDB's log: blocks of 32,768
 * bytes of pieces, each with a CRC-32 of its type and data (zlib's, unmasked), its length and its type.
 */
export async function readWandbRecords(
  file: string,
  onRecord: (record: Uint8Array) => boolean,
  pause: (bytes: number) => Promise<void>,
): Promise<BlocksEnd> {
  const handle = openSync(file, 'r');
  try {
    const block = Buffer.alloc(blockBytes);
    let pieces: Uint8Array[] = [];
    for (let position = 0; ; position += blockBytes) {
      const held = readSync(handle, block, 0, blockBytes, position);
      if (position % (blockBytes * 64) === 0) await pause(position === 0 ? 0 : blockBytes * 64);
      if (held === 0) return pieces.length === 0 ? 'end' : 'cut';
      if (position === 0 && !isWandbFile(block.subarray(0, held))) return 'damaged';
      let at = position === 0 ? fileHead.length : 0;
      while (at + headBytes <= held) {
        const length = block.readUInt16LE(at + 4);
        const type = block[at + 6]!;
        const end = at + headBytes + length;
        if (end > blockBytes) return 'damaged';
        if (end > held) return 'cut';
        if (type === 0 && length === 0) break;
        if (block.readUInt32LE(at) !== crc32(block.subarray(at + 6, end))) return 'damaged';
        const data = Uint8Array.from(block.subarray(at + headBytes, end));
        if (type === kind.full || type === kind.first) pieces = [];
        else if ((type !== kind.middle && type !== kind.last) || pieces.length === 0) return 'damaged';
        pieces.push(data);
        if (type === kind.full || type === kind.last) {
          const record = pieces.length === 1 ? data : Buffer.concat(pieces);
          pieces = [];
          if (!onRecord(record)) return 'end';
        }
        at = end;
      }
      if (held < blockBytes) return pieces.length > 0 || held - at > 0 ? 'cut' : 'end';
    }
  } finally {
    closeSync(handle);
  }
}
