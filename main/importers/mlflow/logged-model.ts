import type { LoggedModelStatus } from '../../store/tracking/logged-models.ts';

/** A run, by the ids of its source, that read a model or made it. */
export type ModelUse = { experiment: string; run: string; role: 'input' | 'output'; step: number };

/** By the number MLflow writes; anything unknown is not ready. */
export const statusOfModel = (status: number | null): LoggedModelStatus =>
  status === 2 ? 'ready' : status === 3 ? 'failed' : 'pending';
