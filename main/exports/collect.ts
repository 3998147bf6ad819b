import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import { evaluation } from '../../shared/model/evaluation.ts';
import { findVersion } from '../store/datasets.ts';
import { readDocument } from '../store/documents.ts';
import { readPredictions } from '../store/predictions.ts';
import { showRun } from '../store/run-detail.ts';
import { runKey } from '../store/run-key.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { RunEvidence } from './evidence.ts';

/** Reads what is known about a run. A stored evaluation that is not one is treated as none (X5). Throws RUN_NOT_FOUND. */
export function collectEvidence(vault: ReadableVault, uid: string): RunEvidence {
  const run = runKey(vault.db, uid);
  const detail = showRun(vault, uid);
  const stored = evaluation.safeParse(readDocument<Evaluation>(vault.db, run, 'evaluation'));
  return {
    detail,
    evaluation: stored.success ? stored.data : null,
    predictions: readPredictions(vault.db, run),
    dataset: detail.dataset === null ? null : findVersion(vault.db, detail.dataset.name, detail.dataset.version),
    logged: existsSync(join(vault.dir, 'runs', uid, 'log.txt')),
  };
}
