import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { type Encoding, watchEncoding } from '../encoding.ts';
import { fileSize } from '../receive-file.ts';

/** The encoding of a whole table file; throws what receiving one throws (FILE_EMPTY, FILE_BINARY, FILE_UNREADABLE). */
export function tableEncoding(path: string): Encoding {
  fileSize(path);
  const watch = watchEncoding(basename(path));
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(2 ** 20);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      watch.add(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return watch.decide(true);
}
