import type { ReadableDb } from '../store/open.ts';
import { type History, readHistory, writtenPoints } from '../store/tracking/history.ts';

type Kept = { name: string; written: number; history: History };

/** A client reads a long history page by page: it is put in order once, not for every page. */
const keptMs = 5_000;
const smallestKept = 10_000;

export type HistoryCache = (db: ReadableDb, run: string, key: string) => History;

/** Keeps the long history that was read last, for a moment, as long as nobody adds to it. */
export function createHistoryCache(): HistoryCache {
  let kept: Kept | null = null;
  let timer: NodeJS.Timeout | null = null;
  return (db, run, key) => {
    const written = writtenPoints(db, { run, key });
    const name = `${run} ${key}`;
    if (kept?.name !== name || kept.written !== written) {
      const history = readHistory(db, { run, key });
      if (history.count < smallestKept) return history;
      kept = { name, written, history };
    }
    const { history } = kept;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      kept = null;
    }, keptMs).unref();
    return history;
  };
}
