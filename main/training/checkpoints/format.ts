import { createHash } from 'node:crypto';
import type { CheckpointHeader } from '../checkpoints.ts';
import type { FitState } from '../recipes/recipe.ts';

/**
 * Layout of a checkpoint file: `WBCP`, u32 layout (1), SHA-256 (32 bytes) of all that follows, u32 bytes of the head, the head
 * as JSON, then the arrays in order, each starting at a multiple of 8 from the start of the file; numbers are little-endian.
 */
const magic = 'WBCP';
const layout = 1;
const hashAt = 8;
const headAt = hashAt + 32;

const types = { Float32Array, Float64Array, Int32Array, Uint8Array };
type TypeName = keyof typeof types;
type Head = CheckpointHeader & { document: FitState['document']; arrays: { type: TypeName; length: number }[] };

export type SavedCheckpoint = { header: CheckpointHeader; state: FitState };

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export function encodeCheckpoint({ header, state }: SavedCheckpoint): Uint8Array {
  const arrays = state.arrays.map((array) => ({ type: array.constructor.name as TypeName, length: array.length }));
  const head = Buffer.from(JSON.stringify({ ...header, document: state.document, arrays } satisfies Head));
  const start = padded(headAt + 4 + head.length);
  const bytes = Buffer.alloc(state.arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), start));
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(layout, 4);
  bytes.writeUInt32LE(head.length, headAt);
  bytes.set(head, headAt + 4);
  let at = start;
  for (const array of state.arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  createHash('sha256').update(bytes.subarray(headAt)).digest().copy(bytes, hashAt);
  return bytes;
}

/** null when the file is not whole, not as it was written, or of another layout. Arrays are copies of their own. */
export function decodeCheckpoint(bytes: Uint8Array): SavedCheckpoint | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < headAt + 4 || file.toString('latin1', 0, 4) !== magic || file.readUInt32LE(4) !== layout)
    return null;
  const found = createHash('sha256').update(file.subarray(headAt)).digest();
  if (!found.equals(file.subarray(hashAt, headAt))) return null;
  const length = file.readUInt32LE(headAt);
  const { document, arrays, ...header } = JSON.parse(file.toString('utf8', headAt + 4, headAt + 4 + length)) as Head;
  let at = padded(headAt + 4 + length);
  const state: FitState = {
    document,
    arrays: arrays.map(({ type, length: count }) => {
      const Type = types[type];
      const size = count * Type.BYTES_PER_ELEMENT;
      const copy = new Uint8Array(file.subarray(at, at + size)).buffer;
      at += padded(size);
      return new Type(copy);
    }),
  };
  return { header, state };
}
