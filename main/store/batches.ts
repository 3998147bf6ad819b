import { setImmediate as nextTurn } from 'node:timers/promises';
import { transaction, type WritableDb } from './open.ts';

/** Small enough that a transaction stays under 50 ms, so that other writers hardly wait. */
const batchSize = 500;

/**
 * Does `work` for every row, in transactions of a few hundred rows; between them others get their turn, in this process too.
 * Check first what may fail: earlier batches stay.
 */
export async function inBatches(db: WritableDb, rows: number[], work: (row: number) => void): Promise<void> {
  for (let from = 0; from < rows.length; from += batchSize) {
    if (from > 0) await nextTurn();
    transaction(db, () => rows.slice(from, from + batchSize).forEach(work));
  }
}
