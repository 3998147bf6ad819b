import type { GatherPoints } from './metrics/writer.ts';
import { transaction, type WritableDb } from './open.ts';
import type { Vault } from './vault.ts';

/** What a work writes with: rows through `db`, and points last, by `points`, once nothing of it can fail any more. */
export type WriteBatch = { db: WritableDb; points: GatherPoints };

export type WriteQueue = {
  /**
   * Does `work` soon, together with what others asked for meanwhile, in one transaction; resolves with its value once that is
   * committed. What `work` throws undoes its own rows only and rejects its own promise; a commit that fails rejects all.
   */
  write<T>(work: (batch: WriteBatch) => T): Promise<T>;
};

type Job = { work(batch: WriteBatch): unknown; resolve(value: unknown): void; reject(error: unknown): void };
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/**
 * Requests that arrive in the same turn of the event loop are committed together: one client alone never waits for others, and
 * many at once share the cost of a transaction.
 */
export function createWriteQueue(vault: Vault): WriteQueue {
  let waiting: Job[] = [];

  function flush(): void {
    const jobs = waiting;
    waiting = [];
    let outcomes: Outcome[];
    try {
      outcomes = vault.metrics.together((points) => {
        const batch = { db: vault.db, points };
        // One alone needs no savepoint: what it throws ends the transaction, which holds nothing else.
        if (jobs.length === 1) return [{ ok: true, value: jobs[0]!.work(batch) }];
        return jobs.map((job) => attempt(job, batch));
      });
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    outcomes.forEach((outcome, index) => {
      if (outcome.ok) jobs[index]!.resolve(outcome.value);
      else jobs[index]!.reject(outcome.error);
    });
  }

  return {
    write<T>(work: (batch: WriteBatch) => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job['resolve'], reject });
        if (waiting.length === 1) setImmediate(flush);
      });
    },
  };
}

/** Inside the common transaction this is a savepoint: one that fails takes only its own rows back. */
function attempt({ work }: Job, batch: WriteBatch): Outcome {
  try {
    return { ok: true, value: transaction(batch.db, () => work(batch)) };
  } catch (error) {
    // A full disk ends the transaction itself; the others then fail with it.
    if (!batch.db.inTransaction) throw error;
    return { ok: false, error };
  }
}
