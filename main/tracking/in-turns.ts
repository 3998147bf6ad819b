import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableDb } from '../store/open.ts';

/**
 * The texts that `part` gives of `count` things, `size` of them at a time, joined by commas: other requests are answered between
 * two parts. Ends early with the database, when nobody is left to read the answer.
 */
export async function inTurns(
  db: ReadableDb,
  count: number,
  size: number,
  part: (from: number, to: number) => string,
): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < count; from += size) {
    if (from > 0) await nextTurn();
    if (!db.open) break;
    parts.push(part(from, Math.min(count, from + size)));
  }
  return parts.join(',');
}
