import type { DatasetVersion } from '../../shared/model/dataset.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { EngineId, ParamValue, RunBadge, RunStatus, Task } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';

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

export type RunResult = {
  estimates: Record<string, Estimate>;
  predictions: PredictionColumns[];
  documents: Record<string, unknown>;
  artifacts: { path: string; bytes: number; sha256: string }[];
  badges: RunBadge[];
};

/** Calls between our own processes; no page can name them. */
export type InternalCalls = {
  'internal.createRun': { input: NewRun; output: { id: string } };
  'internal.startRun': { input: { id: string; engine: EngineId; engineReason: string; device: string; documents: Record<string, unknown> }; output: null };
  /** Resolves once the points are committed. Any process may append to any run's series. */
  'internal.appendPoints': { input: { id: string; points: MetricPoint[] }; output: null };
  'internal.appendLog': { input: { id: string; text: string }; output: null };
  'internal.progress': { input: { id: string; done: number; leftMs: number | null }; output: null };
  'internal.finishRun': { input: { id: string; status: Extract<RunStatus, 'finished' | 'failed' | 'stopped' | 'crashed'>; reason: string | null; result: RunResult | null }; output: null };
  /** Marks runs left `running` or `queued` by a dead process as crashed, with the reason; returns their ids. */
  'internal.recoverRuns': { input: Record<string, never>; output: { id: string; reason: string }[] };
  'internal.audit': { input: { action: string; detail: Record<string, string | number | boolean | null> }; output: null };
  'internal.datasetVersion': { input: { name: string; version: number | null }; output: DatasetVersion & { blob: string } };
};
