import { transaction, type WritableDb } from './open.ts';

/** Small enough that a transaction stays under 50 ms, so that other writers hardly wait. */
const batchSize = 500;

/** Does `work` for every row, in transactions of a few hundred rows. Check first what may fail: earlier batches stay. */
export function inBatches(db: WritableDb, rows: number[], work: (row: number) => void): void {
  for (let from = 0; from < rows.length; from += batchSize) {
    transaction(db, () => rows.slice(from, from + batchSize).forEach(work));
  }
}
