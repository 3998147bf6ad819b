import { AppError } from '../../shared/errors.ts';
import { inBatches } from './batches.ts';
import { recordChange } from './change.ts';
import type { WritableDb } from './open.ts';
import { runKeys } from './run-key.ts';
import { statement } from './statement.ts';

/**
 * Moves runs to the bin; those in it already stay as they are. Throws RUN_NOT_FOUND or INPUT_INVALID (one has not ended) before
 * anything is changed.
 */
export async function binRuns(db: WritableDb, uids: string[]): Promise<void> {
  const runs = runKeys(db, uids);
  const status = statement(db, 'SELECT uid, status FROM run WHERE id = ?');
  for (const run of runs) {
    const row = status.get(run) as { uid: string; status: string };
    if (row.status !== 'queued' && row.status !== 'running') continue;
    throw new AppError(
      'INPUT_INVALID',
      `The run ${row.uid} is ${row.status} and cannot go to the bin.`,
      'Stop it first: wardbook stop',
    );
  }
  const at = Date.now();
  await inBatches(db, runs, (run) => {
    const { changes } = statement(db, 'UPDATE run SET binned_at = ? WHERE id = ? AND binned_at IS NULL').run(at, run);
    if (changes === 1) recordChange(db, 'run', run);
  });
}

/** Takes runs out of the bin; those outside it stay as they are. Throws RUN_NOT_FOUND before anything is changed. */
export async function restoreRuns(db: WritableDb, uids: string[]): Promise<void> {
  await inBatches(db, runKeys(db, uids), (run) => {
    const { changes } = statement(db, 'UPDATE run SET binned_at = NULL WHERE id = ? AND binned_at IS NOT NULL').run(
      run,
    );
    if (changes === 1) recordChange(db, 'run', run);
  });
}
