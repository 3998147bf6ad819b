import { crc32 } from 'node:zlib';
import { record } from './write-events.ts';

/** Changes some payloads of an event file and writes their checksums anew, so that the decoders meet what was changed. */
export function mutateEvents(bytes: Buffer, random: () => number): Buffer {
  const payloads: Buffer[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    payloads.push(bytes.subarray(at + 12, at + 12 + length));
    at += length + 16;
  }
  return Buffer.concat(mutateSome(payloads, random).map(record));
}

/** The same for a `.wandb` file. */
export function mutateWandb(bytes: Buffer, random: () => number): Buffer {
  const head = bytes.subarray(0, 7);
  return Buffer.concat([head, wandbPieces(mutateSome(wandbRecords(bytes), random), head.length)]);
}

/** The first payload says what file it is and names the run: it is changed too, at times. */
function mutateSome(payloads: Buffer[], random: () => number): Buffer[] {
  const out = [...payloads];
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * out.length);
    const kind = random();
    if (kind < 0.1) out.splice(at, 0, out[at]!);
    else if (kind < 0.2) out.splice(at, 1, out[Math.floor(random() * out.length)]!);
    else out[at] = mutatePayload(out[at]!, random);
  }
  return out;
}

/** A few bits flipped, bytes set, stretches cut or doubled, and things that protobuf readers stumble over put in. */
function mutatePayload(payload: Buffer, random: () => number): Buffer {
  let out: Buffer = Buffer.from(payload);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * Math.max(1, out.length));
    const to = Math.min(out.length, at + Math.floor(random() ** 3 * 64));
    const kind = Math.floor(random() * 6);
    if (kind <= 1 && out.length > 0) out[Math.min(at, out.length - 1)]! ^= 1 << Math.floor(random() * 8);
    else if (kind === 2 && out.length > 0) out[Math.min(at, out.length - 1)] = Math.floor(random() * 256);
    else if (kind === 3) out = Buffer.concat([out.subarray(0, at), out.subarray(to)]);
    else if (kind === 4) out = Buffer.concat([out.subarray(0, to), out.subarray(at)]);
    else out = Buffer.concat([out.subarray(0, at), pieces[Math.floor(random() * pieces.length)]!, out.subarray(at)]);
  }
  return out;
}

const pieces = [
  // -1, the smallest and the largest int64, and a varint without an end.
  [0x10, ...Array<number>(9).fill(0xff), 0x01],
  [0x10, ...Array<number>(9).fill(0x80), 0x01],
  [0x10, ...Array<number>(8).fill(0xff), 0x7f],
  Array<number>(11).fill(0xff),
  // A length far beyond the end, groups without an end, field 0, and a NaN and an infinity as wall time.
  [0x2a, 0xff, 0xff, 0xff, 0xff, 0x07],
  Array<number>(64).fill(0x0b),
  [0x00, 0x00],
  [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
  [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
  // Axes of a tensor of 2^62 and of -1 values; a session that starts at a step.
  [0x12, 0x0c, 0x12, 0x0a, 0x08, ...Array<number>(8).fill(0x80), 0x40],
  [0x12, 0x0d, 0x12, 0x0b, 0x08, ...Array<number>(9).fill(0xff), 0x01],
  [0x3a, 0x02, 0x08, 0x01],
  // Text that JSON and names of files stumble over.
  ...[
    '{"_type":"histogram","bins":[1],"values":[]}',
    '1e999',
    '../../../etc/passwd',
    '\0',
    '__proto__',
    '[[[[[[[[',
  ].map((text) => [...Buffer.from(text)]),
].map((bytes) => Buffer.from(bytes));

/** Records of LevelDB's log after the file's head: pieces in blocks of 32,768 bytes. */
function wandbRecords(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  const held: Buffer[] = [];
  for (let at = 7; at + 7 <= bytes.length; ) {
    const length = bytes.readUInt16LE(at + 4);
    const kind = bytes[at + 6]!;
    held.push(bytes.subarray(at + 7, at + 7 + length));
    if (kind === 1 || kind === 4) records.push(Buffer.concat(held.splice(0)));
    at += 7 + length;
    const left = blockBytes - (at % blockBytes);
    if (left < 7) at += left;
  }
  return records;
}

const blockBytes = 32_768;

function wandbPieces(records: Buffer[], from: number): Buffer {
  const out: Buffer[] = [];
  let at = from;
  const put = (bytes: Buffer): void => {
    out.push(bytes);
    at += bytes.length;
  };
  for (const bytes of records) {
    for (let done = 0, first = true; first || done < bytes.length; first = false) {
      const left = blockBytes - (at % blockBytes);
      if (left < 7) put(Buffer.alloc(left));
      const data = bytes.subarray(done, done + Math.min(bytes.length - done, blockBytes - (at % blockBytes) - 7));
      done += data.length;
      const last = done === bytes.length;
      const piece = Buffer.alloc(7 + data.length);
      piece.writeUInt16LE(data.length, 4);
      piece[6] = first ? (last ? 1 : 2) : last ? 4 : 3;
      piece.set(data, 7);
      piece.writeUInt32LE(crc32(piece.subarray(6)), 0);
      put(piece);
    }
  }
  return Buffer.concat(out);
}
