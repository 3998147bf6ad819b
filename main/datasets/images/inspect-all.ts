import { join } from 'node:path';
import type { SkippedFile } from '../../../shared/model/dataset.ts';
import { ImageProblem } from '../../store/images/decode/decoded.ts';
import type { Inspected } from '../../store/images/decode-jobs.ts';
import { createDecodePool } from '../../store/images/decode-pool.ts';
import type { Pause } from '../receive-file.ts';
import type { LabelledImage } from './labelled.ts';

/** Longest that one file may take to decode. */
const FILE_TIMEOUT_MS = 60_000;

/**
 * Decodes images in threads and hands them over in their order; those that cannot be read are returned as skipped. `onDone` hears
 * of each file, read or not.
 */
export async function inspectAll(
  root: string,
  images: LabelledImage[],
  pause: Pause,
  onDone: (file: string) => void,
  keep: (image: LabelledImage, inspected: Inspected) => void,
): Promise<SkippedFile[]> {
  const pool = createDecodePool(FILE_TIMEOUT_MS);
  const skipped: SkippedFile[] = [];
  const ahead = pool.threads * 2;
  const under: Promise<Inspected | ImageProblem>[] = [];
  const start = (image: LabelledImage): Promise<Inspected | ImageProblem> =>
    pool.inspect(join(root, image.file)).catch((error: unknown) => {
      if (error instanceof ImageProblem) return error;
      throw error;
    });
  try {
    let next = 0;
    for (const image of images) {
      while (next < images.length && under.length < ahead) under.push(start(images[next++]!));
      const found = await under.shift()!;
      if (found instanceof ImageProblem) skipped.push({ path: image.file, code: found.code, reason: found.reason });
      else keep(image, found);
      onDone(image.file);
      await pause();
    }
    return skipped;
  } finally {
    for (const one of under) one.catch(() => undefined);
    await pool.close();
  }
}
