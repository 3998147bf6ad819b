import { ExtensionCodec, encode as pack, decode as unpack } from '@msgpack/msgpack';

/**
 * What travels between main and a page on the Chromium host: MessagePack, with typed arrays as extension types (their bytes,
 * little-endian; Uint8Array is MessagePack's own binary), so that a chart's columns are never turned into text. The same file runs on both sides.
 */
const kinds = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
] as const;

const extensionCodec = new ExtensionCodec();
kinds.forEach((Kind, type) => {
  extensionCodec.register({
    type,
    encode: (value) =>
      value instanceof Kind ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
    // A copy: the bytes inside a message need not be aligned.
    decode: (data) => new Kind(data.slice().buffer),
  });
});

/** As structured clone, except that a property whose value is undefined is left out. */
export const encode = (value: unknown): Uint8Array<ArrayBuffer> =>
  pack(value, { extensionCodec, ignoreUndefined: true });
export const decode = (bytes: Uint8Array): unknown => unpack(bytes, { extensionCodec });
