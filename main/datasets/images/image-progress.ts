import type { ImportProgress } from '../import-progress.ts';
import type { PlannedImages } from './plan-images.ts';

/** Bytes of the files decoded so far; `rows` are images. The table at the end takes next to no time. */
export type ImageProgress = { file(path: string): void; done(): void };

export function imageProgress(
  { images, files }: PlannedImages,
  onProgress: (progress: ImportProgress) => void,
): ImageProgress {
  const start = performance.now();
  const bytesOf = (path: string): number => files.get(path)?.bytes ?? 0;
  const bytesTotal = Math.max(
    1,
    images.reduce((sum, { file }) => sum + bytesOf(file), 0),
  );
  let bytesDone = 0;
  let rows = 0;
  const tell = (share: number): void => {
    const elapsed = performance.now() - start;
    onProgress({
      bytesDone: Math.min(bytesDone, bytesTotal),
      bytesTotal,
      rows,
      bytesPerSecond: elapsed > 0 ? Math.round((bytesDone / elapsed) * 1000) : 0,
      leftMs: share > 0.02 ? Math.round((elapsed / share) * (1 - share)) : null,
    });
  };
  return {
    file(path) {
      bytesDone += bytesOf(path);
      rows += 1;
      // Full only when everything is committed.
      if (rows < images.length) tell((bytesDone / bytesTotal + rows / images.length) / 2);
    },
    done() {
      bytesDone = bytesTotal;
      tell(1);
    },
  };
}
