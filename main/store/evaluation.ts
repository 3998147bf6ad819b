import { AppError } from '../../shared/errors.ts';
import type { Evaluation, EvaluationView } from '../../shared/model/evaluation.ts';
import { appendAudit, countAudit } from './audit.ts';
import { readDocument } from './documents.ts';
import { readPredictions } from './predictions.ts';
import { runKey } from './run-key.ts';
import type { ReadableVault, Vault } from './vault.ts';

const lookAction = 'run.look';

/** The stored evaluation of a run with its held-out predictions. Throws RUN_NOT_FOUND or NO_PREDICTIONS. */
export function readEvaluation(vault: ReadableVault, uid: string): EvaluationView {
  const run = runKey(vault.db, uid);
  const evaluation = readDocument<Evaluation>(vault.db, run, 'evaluation');
  if (evaluation === null) {
    throw new AppError(
      'NO_PREDICTIONS',
      `The run ${uid} has no evaluation: it has not finished, or it is no recipe's run.`,
      'Train it to its end.',
    );
  }
  return { evaluation, predictions: readPredictions(vault.db, run), looks: countAudit(vault, lookAction, uid) };
}

/** Counts one more look at a run's test part in the audit log, and says how many there are now. Throws RUN_NOT_FOUND. */
export function countLook(vault: Vault, uid: string): { looks: number } {
  runKey(vault.db, uid);
  appendAudit(vault, lookAction, { run: uid });
  return { looks: countAudit(vault, lookAction, uid) };
}
