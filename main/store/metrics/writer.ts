import { AppError } from '../../../shared/errors.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import { recordChange } from '../change.ts';
import { getOrAdd } from '../get-or-add.ts';
import { transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { isWriterAlive } from '../writer.ts';
import { type BatchSeries, encodeBatch } from './batch.ts';
import { checkPoints } from './check-points.ts';
import { foldStep, writersWithJournal } from './fold.ts';
import { filledPart, type GatheredRun, gather } from './gather.ts';
import { updateLatest } from './latest.ts';
import { createSeriesIds, everyPointFlag } from './series-ids.ts';

/** Appends metric points: the one way in, for every process. */
export type MetricWriter = {
  /**
   * Resolves once the points are committed; calls of some 10 ms share one transaction. Rejects with INPUT_INVALID,
   * RUN_NOT_FOUND, DISK_FULL or BUSY, and then none of the points was recorded.
   */
  append(runUid: string, points: MetricPoint[]): Promise<void>;
  /**
   * Runs `work` in one transaction and commits what it wrote together with the points that it gathered; any error undoes all.
   * Points of a run that does not exist are left out: look first.
   */
  together<T>(work: (points: GatherPoints) => T): T;
  /** Commits what waits, now. The promises of `append` carry the outcome. */
  flush(): void;
  /** Starts to fold, in small steps, what dead writers left in the journal. */
  adoptJournals(): void;
  /** Commits what waits and folds the journal; later appends are refused. */
  close(): void;
};

/** Takes points of a run into the batch that is being written; of series made here every point of a step counts. */
export type GatherPoints = (runUid: string, points: MetricPoint[]) => void;

const coalesceMs = 10;
/** This many points are committed without waiting for more; the transaction takes some 5 ms. */
const fullBatch = 10_000;
/** The journal is folded at this size, or at this many rows: a reader of any series passes over all of them. */
const foldBytes = 16 * 2 ** 20;
const foldRows = 2_000;

type Waiting = { runs: Map<string, GatheredRun>; points: number; requests: Request[] };
type Request = { runUid: string; resolve(): void; reject(error: unknown): void };

const newRun = (): GatheredRun => new Map();
const nothingWaits = (): Waiting => ({ runs: new Map(), points: 0, requests: [] });

export function createMetricWriter(db: WritableDb, dir: string, writerId: number): MetricWriter {
  const ids = createSeriesIds(db);
  let waiting = nothingWaits();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let journal = { bytes: 0, rows: 0 };
  const folding = new Set<number>();

  /** One journal row for everything that waits, and the latest values that follow from it. */
  function commit(runs: Waiting['runs'], flags: number): { missing: Set<string>; bytes: number } {
    const missing = new Set<string>();
    const batch: BatchSeries[] = [];
    for (const [uid, series] of runs) {
      const runPk = ids.run(uid);
      if (runPk === null) {
        missing.add(uid);
        continue;
      }
      for (const [key, columns] of series) {
        const { id, everyPoint } = ids.series(uid, key, flags);
        const one = { seriesId: id, ...filledPart(columns) };
        updateLatest(db, runPk, key, one, everyPoint);
        batch.push(one);
      }
      recordChange(db, 'series', runPk);
    }
    if (batch.length === 0) return { missing, bytes: 0 };
    const data = encodeBatch(batch);
    statement(db, 'INSERT INTO journal (writer_id, data) VALUES (?, ?)').run(writerId, data);
    return { missing, bytes: data.byteLength };
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.requests.length === 0) return;
    const { runs, requests } = waiting;
    waiting = nothingWaits();
    try {
      const { missing, bytes } = transaction(db, () => commit(runs, 0));
      for (const { runUid, resolve, reject } of requests) {
        if (missing.has(runUid)) reject(runNotFound(runUid));
        else resolve();
      }
      noteJournal(bytes);
    } catch (error) {
      // Series made in this transaction are gone with it.
      ids.forget();
      for (const { reject } of requests) reject(error);
    }
  }

  function noteJournal(bytes: number): void {
    journal = { bytes: journal.bytes + bytes, rows: journal.rows + 1 };
    if (journal.bytes < foldBytes && journal.rows < foldRows) return;
    journal = { bytes: 0, rows: 0 };
    foldInSteps(writerId);
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

  return {
    async append(runUid, points) {
      if (closed) throw new AppError('INTERNAL', 'The vault is closed; nothing more can be recorded.');
      checkPoints(points);
      if (points.length === 0) return;
      const run = waiting.runs.get(runUid) ?? new Map();
      waiting.runs.set(runUid, run);
      gather(run, points);
      waiting.points += points.length;
      const committed = new Promise<void>((resolve, reject) => waiting.requests.push({ runUid, resolve, reject }));
      // Inside someone's transaction nothing can be acknowledged: it may still be rolled back.
      if (waiting.points >= fullBatch && !db.inTransaction) flush();
      else timer ??= setTimeout(flush, coalesceMs);
      await committed;
    },
    together(work) {
      if (closed) throw new AppError('INTERNAL', 'The vault is closed; nothing more can be recorded.');
      const runs: Waiting['runs'] = new Map();
      const points: GatherPoints = (runUid, added) => gather(getOrAdd(runs, runUid, newRun), added);
      try {
        const { value, bytes } = transaction(db, () => {
          const value = work(points);
          return { value, bytes: runs.size === 0 ? 0 : commit(runs, everyPointFlag).bytes };
        });
        if (bytes > 0) noteJournal(bytes);
        return value;
      } catch (error) {
        ids.forget();
        throw error;
      }
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
