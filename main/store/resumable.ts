import type { ErrorCode } from '../../shared/errors.ts';
import type { RunStatus } from '../../shared/model/run.ts';

/** Failures that may not come again. */
const mayPass = new Set<ErrorCode>(['OUT_OF_MEMORY', 'DISK_FULL', 'ENGINE_LOST', 'BUSY']);

export type ResumeFacts = {
  status: RunStatus;
  errorCode: string | null;
  recipe: string | null;
  binned: boolean;
  /** Whether its record holds what was asked for. */
  hasSpec: boolean;
  isEvaluation: boolean;
};

/** Why a run cannot go on, as a sentence; null when it can. */
export function whyNotResumable(run: ResumeFacts): string | null {
  if (run.status === 'finished') return 'It has finished.';
  if (run.status === 'queued' || run.status === 'running') return `It is ${run.status}.`;
  if (run.binned) return 'It is in the bin; restore it first.';
  if (run.recipe === null || !run.hasSpec) return 'Its record does not hold what was asked for.';
  if (run.isEvaluation) return 'It applies a stored model, which takes a moment: evaluate again.';
  if (run.status === 'failed' && !mayPass.has(run.errorCode as ErrorCode)) {
    return 'It failed for a reason that would only come again.';
  }
  return null;
}
