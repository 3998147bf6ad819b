import { AppError } from '../../../shared/errors.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import { recordChange } from '../change.ts';
import { transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { isWriterAlive } from '../writer.ts';
import { encodeBatch } from './batch.ts';
import { checkPoints } from './check-points.ts';
import { foldStep, writersWithJournal } from './fold.ts';
import { type Gathered, gather } from './gather.ts';
import { updateLatest } from './latest.ts';
import { createSeriesIds } from './series-ids.ts';

/** Appends metric points: the one way in, for every process. */
export type MetricWriter = {
  /**
   * Resolves once the points are committed. Calls of some 10 ms share one transaction; each is refused or taken as a whole up
   * to 50,000 points. The array must not change before that. Rejects with INPUT_INVALID, RUN_NOT_FOUND, DISK_FULL or BUSY.
   */
  append(runUid: string, points: MetricPoint[]): Promise<void>;
  /** Commits what waits, now. The promises of `append` carry the outcome. */
  flush(): void;
  /** Starts to fold, in small steps, what dead writers left in the journal. */
  adoptJournals(): void;
  /** Commits what waits and folds the journal; later appends are refused. */
  close(): void;
};

const coalesceMs = 10;
/** A transaction of this many points lasts about 20 ms. */
const transactionPoints = 50_000;
/** The journal is folded at this size, or at this many rows: a reader of any series passes over all of them. */
const foldBytes = 16 * 2 ** 20;
const foldRows = 2_000;

type Waiting = { runUid: string; points: MetricPoint[]; resolve(): void; reject(error: unknown): void };

export function createMetricWriter(db: WritableDb, dir: string, writerId: number): MetricWriter {
  const ids = createSeriesIds(db);
  let waiting: Waiting[] = [];
  let waitingPoints = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let journal = { bytes: 0, rows: 0 };
  const folding = new Set<number>();

  /** One journal row for everything that waits, and the latest values that follow from it; returns the row's bytes. */
  function commit(requests: Waiting[]): { missing: Set<Waiting>; bytes: number } {
    const { series, missing } = gather(ids, requests);
    if (series.length === 0) return { missing, bytes: 0 };
    const data = encodeBatch(series);
    statement(db, 'INSERT INTO journal (writer_id, data) VALUES (?, ?)').run(writerId, data);
    for (const one of series) updateLatest(db, one.runPk, one.key, one);
    for (const runPk of new Set(series.map((one: Gathered) => one.runPk))) recordChange(db, 'series', runPk);
    return { missing, bytes: data.byteLength };
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const requests = waiting;
    waiting = [];
    waitingPoints = 0;
    if (requests.length === 0) return;
    try {
      const { missing, bytes } = transaction(db, () => commit(requests));
      for (const request of requests) {
        if (missing.has(request)) request.reject(runNotFound(request.runUid));
        else request.resolve();
      }
      journal = { bytes: journal.bytes + bytes, rows: journal.rows + 1 };
    } catch (error) {
      ids.forget();
      for (const request of requests) request.reject(error);
      return;
    }
    if (journal.bytes >= foldBytes || journal.rows >= foldRows) {
      journal = { bytes: 0, rows: 0 };
      foldInSteps(writerId);
    }
  }

  /** Between the steps other work has its turn. A full disk ends it: the journal stays as it is, and the next round goes on. */
  function foldInSteps(id: number): void {
    if (folding.has(id)) return;
    folding.add(id);
    const next = () => {
      if (closed) return;
      try {
        if (foldStep(db, id)) {
          setImmediate(next).unref();
          return;
        }
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
      folding.delete(id);
    };
    setImmediate(next).unref();
  }

  function enqueue(runUid: string, points: MetricPoint[]): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ runUid, points, resolve, reject });
      waitingPoints += points.length;
      if (waitingPoints >= transactionPoints) flush();
      else timer ??= setTimeout(flush, coalesceMs);
    });
  }

  return {
    async append(runUid, points) {
      if (closed) throw new AppError('INTERNAL', 'The vault is closed; nothing more can be recorded.');
      checkPoints(points);
      const pieces: Promise<void>[] = [];
      for (let start = 0; start < points.length; start += transactionPoints) {
        const whole = points.length <= transactionPoints;
        pieces.push(enqueue(runUid, whole ? points : points.slice(start, start + transactionPoints)));
      }
      await Promise.all(pieces);
    },
    flush,
    adoptJournals() {
      for (const writer of writersWithJournal(db, writerId))
        if (!isWriterAlive(dir, writer.uid)) foldInSteps(writer.id);
    },
    close() {
      if (closed) return;
      flush();
      closed = true;
      try {
        while (foldStep(db, writerId));
      } catch (error) {
        // What is in the journal is safe and readable; the next process folds it.
        if (!(error instanceof AppError)) throw error;
      }
    },
  };
}

function runNotFound(uid: string): AppError {
  return new AppError('RUN_NOT_FOUND', `There is no run ${uid} to record metrics for.`);
}
