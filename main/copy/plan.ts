import { countPredictions } from '../store/predictions.ts';
import { showRun } from '../store/run-detail.ts';
import { runKey } from '../store/run-key.ts';
import { countPoints } from '../store/run-series.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { CopyPlan } from './wish.ts';

/** Counts of what these runs hold. Throws RUN_NOT_FOUND. */
export function planCopy(vault: ReadableVault, ids: readonly string[]): CopyPlan {
  const plan: CopyPlan = { runs: ids.length, artifacts: 0, bytes: 0, points: 0, predictions: 0 };
  for (const id of ids) {
    const { artifacts, loggedModels } = showRun(vault, id);
    const files = [...artifacts, ...loggedModels.flatMap((model) => model.files)];
    plan.artifacts += files.length;
    plan.bytes += files.reduce((sum, { bytes }) => sum + bytes, 0);
    plan.points += countPoints(vault.db, runKey(vault.db, id));
    plan.predictions += countPredictions(vault.db, runKey(vault.db, id));
  }
  return plan;
}
