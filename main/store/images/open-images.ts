import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import type { ImageFormat } from '../../../shared/model/dataset.ts';
import type { StoredVersion } from '../datasets.ts';
import { blobFolder } from '../table/table-file.ts';
import { COPY_BYTES } from './image-hash.ts';
import {
  copiesFile,
  copyOffset,
  decodeRecord,
  type ImageRecord,
  indexFile,
  packFile,
  RECORD_BYTES,
  thumbnailsFile,
} from './layout.ts';
import type { Picture } from './resample.ts';

export type ImageInfo = {
  width: number;
  height: number;
  channels: 1 | 3;
  bits: number;
  format: ImageFormat;
  bytes: number;
};

/** The images of a dataset version; row numbers are those of its table. */
export type Images = {
  count: number;
  info(row: number): ImageInfo;
  record(row: number): ImageRecord;
  /** Bytes of the file as it was imported. */
  original(row: number): Uint8Array;
  /** At most 128 pixels wide and high, 8 bits. */
  thumbnail(row: number): Picture;
  /** 32 × 32 grey copies of all images, one after the other. */
  copies(): Uint8Array;
  close(): void;
};

export type ImagesRef = Pick<StoredVersion, 'blob' | 'rows' | 'images'>;

/** Opens the images of a dataset version in a vault. KIND_UNSUPPORTED for a table; VAULT_DAMAGED when files are missing or short. */
export function openImages(vaultDir: string, version: ImagesRef): Images {
  if (version.images === null) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      'This dataset is a table: it holds no images.',
      'Choose a dataset of images.',
    );
  }
  const folder = blobFolder(vaultDir, version.blob);
  const index = readIndex(folder, version.rows);
  const open = new Map<string, number>();
  const read = (name: string, offset: number, length: number): Uint8Array => {
    let file = open.get(name);
    if (file === undefined) {
      file = openFile(join(folder, name));
      open.set(name, file);
    }
    const bytes = new Uint8Array(length);
    if (readSync(file, bytes, 0, length, offset) !== length)
      throw damaged('a file of its images is shorter than its index says');
    return bytes;
  };
  const record = (row: number): ImageRecord => {
    if (!Number.isInteger(row) || row < 0 || row >= version.rows)
      throw new AppError('INPUT_INVALID', `The dataset has no image number ${row}.`);
    return decodeRecord(index, row);
  };
  return {
    count: version.rows,
    record,
    info(row) {
      const { width, height, channels, bits, format, bytes } = record(row);
      return { width, height, channels, bits, format, bytes };
    },
    original(row) {
      const { offset, bytes } = record(row);
      return read(packFile, offset, bytes);
    },
    thumbnail(row) {
      const { channels, thumbnail } = record(row);
      const { width, height } = thumbnail;
      const samples = inflateSync(read(thumbnailsFile, thumbnail.offset, thumbnail.bytes));
      if (samples.length !== width * height * channels)
        throw damaged('a thumbnail has another size than its index says');
      return { width, height, channels, samples: new Uint8Array(samples) };
    },
    copies: () => read(copiesFile, copyOffset(0), version.rows * COPY_BYTES),
    close() {
      for (const file of open.values()) closeSync(file);
      open.clear();
    },
  };
}

function readIndex(folder: string, rows: number): Uint8Array {
  let index: Uint8Array;
  try {
    index = readFileSync(join(folder, indexFile));
  } catch (cause) {
    throw damaged('the index of its images cannot be read', cause);
  }
  if (index.length !== rows * RECORD_BYTES) throw damaged('the index of its images has another length than its table');
  return index;
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw damaged('a file of its images cannot be opened', cause);
  }
}

export function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    'VAULT_DAMAGED',
    `The stored copy of a dataset is damaged: ${what}.`,
    'Run `wardbook dataset verify` to find the dataset, then import its folder again into a fresh vault.',
    { cause },
  );
}
