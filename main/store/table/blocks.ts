import { bitmapBytes } from './layout.ts';

const pad8 = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** A block of numbers: bitmap of missing cells, then float64; `missing[r]` is 0 or 1. */
export function encodeNumbers(values: Float64Array, missing: Uint8Array, rows: number): Uint8Array {
  const head = bitmapBytes(rows);
  const bytes = new Uint8Array(head + rows * 8);
  writeBitmap(bytes, missing, rows);
  new Float64Array(bytes.buffer, head, rows).set(values.subarray(0, rows));
  return bytes;
}

/** A block of dictionary codes; -1 is a missing cell. */
export function encodeCodes(codes: Int32Array, rows: number): Uint8Array {
  const head = bitmapBytes(rows);
  const bytes = new Uint8Array(pad8(head + rows * 4));
  for (let row = 0; row < rows; row++) if (codes[row]! < 0) bytes[row >> 3]! |= 1 << (row & 7);
  new Int32Array(bytes.buffer, head, rows).set(codes.subarray(0, rows));
  return bytes;
}

/** A block of texts: bitmap, rows + 1 uint32 offsets, UTF-8 bytes. */
export function encodeTexts(utf8: Uint8Array, offsets: Uint32Array, missing: Uint8Array, rows: number): Uint8Array {
  const head = bitmapBytes(rows);
  const length = offsets[rows]!;
  const textStart = head + (rows + 1) * 4;
  const bytes = new Uint8Array(pad8(textStart + length));
  writeBitmap(bytes, missing, rows);
  new Uint32Array(bytes.buffer, head, rows + 1).set(offsets.subarray(0, rows + 1));
  bytes.set(utf8.subarray(0, length), textStart);
  return bytes;
}

export type NumberBlock = { rows: number; values: Float64Array; bitmap: Uint8Array };
export type CodeBlock = { rows: number; codes: Int32Array };
export type TextBlock = { rows: number; bitmap: Uint8Array; text(row: number): string; utf8(row: number): Uint8Array };

/** The decoders give views into `bytes`, whose buffer starts at a multiple of 8. */
export function decodeNumbers(bytes: Uint8Array, rows: number): NumberBlock {
  const head = bitmapBytes(rows);
  return {
    rows,
    bitmap: bytes.subarray(0, head),
    values: new Float64Array(bytes.buffer, bytes.byteOffset + head, rows),
  };
}

export function decodeCodes(bytes: Uint8Array, rows: number): CodeBlock {
  return { rows, codes: new Int32Array(bytes.buffer, bytes.byteOffset + bitmapBytes(rows), rows) };
}

export function decodeTexts(bytes: Uint8Array, rows: number): TextBlock {
  const head = bitmapBytes(rows);
  const offsets = new Uint32Array(bytes.buffer, bytes.byteOffset + head, rows + 1);
  const start = head + (rows + 1) * 4;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    rows,
    bitmap: bytes.subarray(0, head),
    text: (row) => whole.toString('utf8', start + offsets[row]!, start + offsets[row + 1]!),
    utf8: (row) => bytes.subarray(start + offsets[row]!, start + offsets[row + 1]!),
  };
}

export const isMissing = (bitmap: Uint8Array, row: number): boolean => (bitmap[row >> 3]! & (1 << (row & 7))) !== 0;

function writeBitmap(bytes: Uint8Array, missing: Uint8Array, rows: number): void {
  for (let row = 0; row < rows; row++) if (missing[row] === 1) bytes[row >> 3]! |= 1 << (row & 7);
}
