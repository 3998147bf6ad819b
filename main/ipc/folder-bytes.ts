import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const keptMs = 60_000;
const patienceMs = 300;

/**
 * Bytes of all files below a folder, counted anew at most once a minute. A large vault takes longer than a page should wait:
 * after 0.3 s the answer is the last full count, or what has been counted so far.
 */
export function folderBytes(folder: string): () => Promise<number> {
  let last: number | null = null;
  let soFar = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<void> | null = null;

  const count = async () => {
    soFar = 0;
    const folders = [folder];
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
        const path = join(next, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else soFar += (await lstat(path).catch(() => null))?.size ?? 0;
      }
    }
    last = soFar;
    countedAt = performance.now();
    counting = null;
  };

  return async () => {
    if (performance.now() - countedAt > keptMs) counting ??= count();
    if (counting !== null) await Promise.race([counting, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    return last ?? soFar;
  };
}
