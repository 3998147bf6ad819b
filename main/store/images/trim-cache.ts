import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Squares of 100,000 images of 224 × 224 take 5 GB. */
const MOST_BYTES = 16 * 2 ** 30;
const ABANDONED_MS = 86_400_000;

/** Makes room for `coming` bytes: removes those not used for longest until the rest fits, and what dead processes left half done. */
export function trimCache(folder: string, coming: number): void {
  const files = readdirSync(folder)
    .flatMap((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ path: join(folder, name), bytes: stat.size, used: stat.mtimeMs }];
    })
    .sort((a, b) => a.used - b.used);
  let total = files.reduce((sum, { bytes }) => sum + bytes, coming);
  for (const { path, bytes, used } of files) {
    const abandoned = path.endsWith('.part') && Date.now() - used > ABANDONED_MS;
    if (!abandoned && (total <= MOST_BYTES || path.endsWith('.part'))) continue;
    rmSync(path, { force: true });
    total -= bytes;
  }
}
