import type { ErrorCode } from '../../shared/errors.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { EngineId, ParamValue, RunBadge, RunStatus, Task } from '../../shared/model/run.ts';

/** What is known of a run before it starts. */
export type NewRun = {
  study: string;
  name: string;
  recipe: string | null;
  task: Task | null;
  seed: number | null;
  target: string | null;
  dataset: { name: string; version: number } | null;
  parent: string | null;
  params: Record<string, ParamValue>;
  tags: Record<string, string>;
  badges: RunBadge[];
  fingerprint: string | null;
  documents: Record<string, unknown>;
};

/** What is known once its engine has been chosen. */
export type RunStart = { engine: EngineId; engineReason: string; device: string; documents: Record<string, unknown> };

/** What a run leaves when it ends well. */
export type RunResult = {
  estimates: Record<string, Estimate>;
  predictions: PredictionColumns[];
  documents: Record<string, unknown>;
  artifacts: { path: string; bytes: number; sha256: string }[];
  badges: RunBadge[];
};

export type RunEnd = {
  status: Extract<RunStatus, 'finished' | 'failed' | 'stopped' | 'crashed'>;
  reason: string | null;
  /** Null or absent unless it failed or crashed. */
  code?: ErrorCode | null;
  result: RunResult | null;
};
