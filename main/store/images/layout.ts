import type { ImageFormat } from '../../../shared/model/dataset.ts';
import { COPY_BYTES, HASH_BYTES } from './image-hash.ts';

/**
 * Images of a dataset version, in its folder beside the table: `images.bin` holds the original files one after the other,
 * `thumbnails.bin` a small picture of each (deflated 8-bit samples), `copies.bin` its 32 × 32 grey copy, and `images.idx` one
 * record per row of the table that says where they lie. Little-endian.
 */
export const packFile = 'images.bin';
export const indexFile = 'images.idx';
export const thumbnailsFile = 'thumbnails.bin';
export const copiesFile = 'copies.bin';
/** The labels table as it was found; absent with class folders. */
export const labelsFile = 'labels';
/** Pairs of images that look the same, as JSON; made anew by whoever finds none. */
export const duplicatesFile = 'near-duplicates.json';
export const imageFiles = [packFile, indexFile, thumbnailsFile, copiesFile, duplicatesFile];

export type ImageRecord = {
  /** Place of the original file in `images.bin`. */
  offset: number;
  bytes: number;
  width: number;
  height: number;
  channels: 1 | 3;
  bits: number;
  format: ImageFormat;
  /** SHA-256 of the original file's bytes. */
  sha256: Uint8Array;
  hash: Uint8Array;
  thumbnail: { offset: number; bytes: number; width: number; height: number };
};

export const RECORD_BYTES = 128;
const formats: ImageFormat[] = ['png', 'jpeg', 'tiff', 'dicom'];

export function encodeRecords(records: ImageRecord[]): Uint8Array {
  const out = new Uint8Array(records.length * RECORD_BYTES);
  const view = new DataView(out.buffer);
  for (const [row, record] of records.entries()) {
    const at = row * RECORD_BYTES;
    view.setFloat64(at, record.offset, true);
    view.setUint32(at + 8, record.bytes, true);
    view.setUint32(at + 12, record.width, true);
    view.setUint32(at + 16, record.height, true);
    view.setUint8(at + 20, record.channels);
    view.setUint8(at + 21, record.bits);
    view.setUint8(at + 22, formats.indexOf(record.format));
    out.set(record.sha256, at + 32);
    out.set(record.hash, at + 64);
    view.setFloat64(at + 96, record.thumbnail.offset, true);
    view.setUint32(at + 104, record.thumbnail.bytes, true);
    view.setUint16(at + 108, record.thumbnail.width, true);
    view.setUint16(at + 110, record.thumbnail.height, true);
  }
  return out;
}

export function decodeRecord(index: Uint8Array, row: number): ImageRecord {
  const at = row * RECORD_BYTES;
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  return {
    offset: view.getFloat64(at, true),
    bytes: view.getUint32(at + 8, true),
    width: view.getUint32(at + 12, true),
    height: view.getUint32(at + 16, true),
    channels: view.getUint8(at + 20) === 3 ? 3 : 1,
    bits: view.getUint8(at + 21),
    format: formats[view.getUint8(at + 22)]!,
    sha256: index.subarray(at + 32, at + 64),
    hash: index.subarray(at + 64, at + 64 + HASH_BYTES),
    thumbnail: {
      offset: view.getFloat64(at + 96, true),
      bytes: view.getUint32(at + 104, true),
      width: view.getUint16(at + 108, true),
      height: view.getUint16(at + 110, true),
    },
  };
}

export const copyOffset = (row: number): number => row * COPY_BYTES;
