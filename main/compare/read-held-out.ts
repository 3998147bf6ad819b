import { AppError } from '../../shared/errors.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { findVersion, type StoredVersion } from '../store/datasets.ts';
import { readEvaluation } from '../store/evaluation.ts';
import { snapshot } from '../store/open.ts';
import { showRun } from '../store/run-detail.ts';
import type { ReadableVault } from '../store/vault.ts';
import { heldOutOf } from './held-out.ts';

export type HeldOut = {
  run: RunDetail;
  classes: string[];
  threshold: number | null;
  predictions: PredictionColumns;
  version: StoredVersion;
};

/**
 * One run's held-out predictions, sorted by row, with the dataset version they are of. Throws RUN_NOT_FOUND, and NO_PREDICTIONS
 * for a run without a test part or without its dataset.
 */
export function readHeldOut(vault: ReadableVault, id: string): HeldOut {
  return snapshot(vault.db, () => {
    const run = showRun(vault, id);
    const { evaluation, predictions } = readEvaluation(vault, id);
    const heldOut = heldOutOf(predictions);
    if (heldOut === null || run.dataset === null) {
      throw new AppError(
        'NO_PREDICTIONS',
        `The run ${id} has ${heldOut === null ? 'no held-out predictions' : 'no dataset in this vault'}.`,
        'Train it with a test part or with folds.',
      );
    }
    const version = findVersion(vault.db, run.dataset.name, run.dataset.version);
    return { run, classes: evaluation.classes, threshold: evaluation.threshold, predictions: heldOut, version };
  });
}
