import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { copiesFile, encodeRecords, type ImageRecord, indexFile, packFile, thumbnailsFile } from './layout.ts';

export type NewImage = Omit<ImageRecord, 'offset' | 'bytes' | 'thumbnail'> & {
  original: Uint8Array;
  copy: Uint8Array;
  thumbnail: { width: number; height: number; deflated: Uint8Array };
};

/** Writes the files of a version's images in the order they come; 0600. */
export type ImageWriter = { add(image: NewImage): ImageRecord; finish(records: ImageRecord[]): void; close(): void };

export function createImageWriter(folder: string): ImageWriter {
  const append = (name: string) => {
    const file = openSync(join(folder, name), 'wx', 0o600);
    let offset = 0;
    return {
      file,
      add(bytes: Uint8Array): number {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
        offset += bytes.length;
        return offset - bytes.length;
      },
    };
  };
  const pack = append(packFile);
  const thumbnails = append(thumbnailsFile);
  const copies = append(copiesFile);
  const files = [pack, thumbnails, copies];
  let open = true;
  const close = (): void => {
    if (open) for (const { file } of files) closeSync(file);
    open = false;
  };
  return {
    add({ original, copy, thumbnail, ...facts }) {
      copies.add(copy);
      const { width, height, deflated } = thumbnail;
      return {
        ...facts,
        offset: pack.add(original),
        bytes: original.length,
        thumbnail: { width, height, bytes: deflated.length, offset: thumbnails.add(deflated) },
      };
    },
    finish(records) {
      for (const { file } of files) fsyncSync(file);
      close();
      writeFileSync(join(folder, indexFile), encodeRecords(records), { mode: 0o600, flush: true });
    },
    close,
  };
}
