import { ImageProblem } from './decoded.ts';

/** PackBits (TIFF 6.0, section 9): runs and literal stretches; stops at `expected` bytes. */
export function unpackBits(data: Uint8Array, expected: number): Uint8Array {
  const out = new Uint8Array(expected);
  let at = 0;
  for (let from = 0; from < data.length && at < expected; ) {
    const head = data[from++]!;
    if (head === 128) continue;
    if (head < 128) {
      const stretch = data.subarray(from, Math.min(from + head + 1, from + expected - at));
      out.set(stretch, at);
      at += stretch.length;
      from += head + 1;
    } else {
      const length = Math.min(257 - head, expected - at);
      out.fill(data[from++] ?? 0, at, at + length);
      at += length;
    }
  }
  return out.subarray(0, at);
}

const CLEAR = 256;
const END = 257;

/** LZW as TIFF has it (section 13): codes of 9 to 12 bits, high bit first, one bit wider one code early. */
export function unpackLzw(data: Uint8Array, expected: number): Uint8Array {
  const out = new Uint8Array(expected);
  // Each code: the code before it, its last byte, its length.
  const before = new Uint16Array(4096);
  const last = new Uint8Array(4096);
  const lengths = new Uint16Array(4096);
  for (let code = 0; code < 256; code++) {
    last[code] = code;
    lengths[code] = 1;
  }
  let next = 258;
  let width = 9;
  let previous = -1;
  let at = 0;
  let bits = 0;
  let held = 0;
  const firstByte = (code: number): number => {
    let one = code;
    while (lengths[one]! > 1) one = before[one]!;
    return last[one]!;
  };
  const write = (code: number): void => {
    const length = lengths[code]!;
    let one = code;
    for (let place = at + length - 1; place >= at; place--) {
      if (place < expected) out[place] = last[one]!;
      one = before[one]!;
    }
    at += length;
  };
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    const code = (held >> (bits - width)) & (2 ** width - 1);
    bits -= width;
    if (code === END || at >= expected) break;
    if (code === CLEAR) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (code > 257 && previous < 0))
      throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its compressed data cannot be read');
    if (previous >= 0 && next < 4096) {
      before[next] = previous;
      last[next] = firstByte(code === next ? previous : code);
      lengths[next] = lengths[previous]! + 1;
      next += 1;
    }
    write(code);
    previous = code;
    if (next >= 2 ** width - 1 && width < 12) width += 1;
  }
  return out.subarray(0, Math.min(at, expected));
}
