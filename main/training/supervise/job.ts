import type { ErrorCode } from '../../../shared/errors.ts';
import type { RunStatus } from '../../../shared/model/run.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import type { Claim } from '../../store/claims.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import type { ChosenEngine } from '../engines/choose-engine.ts';
import type { Rate } from '../pace.ts';
import type { ToTrainer } from '../protocol.ts';
import type { Trainer } from '../run-trainer.ts';

/** What is told of a run while it goes on, for a progress bar. */
export type RunNews =
  | { type: 'waiting'; id: string; place: number; why: string }
  | { type: 'started'; id: string; engine: ChosenEngine }
  | { type: 'progress'; id: string; done: number; leftMs: number | null; rate: Rate | null }
  | { type: 'points'; id: string; points: MetricPoint[] }
  | { type: 'ended'; id: string; status: RunStatus; reason: string | null; code: ErrorCode | null };

/** A run of this process, from its record to its end. */
export type Job = {
  id: string;
  spec: TrainSpec;
  version: StoredVersion;
  engine: ChosenEngine;
  claim: Claim;
  /** When it began, for a run that goes on; null: it begins now. */
  startedAt: number | null;
  /** What the trainer is told to do, once it is known how many threads it has. */
  begin(cores: number): ToTrainer;
  /** Started while the wish is checked when nothing else trains, so that the first metric comes sooner. */
  trainer: Trainer | null;
  running: boolean;
  stopReason: string | null;
  ended: PromiseWithResolvers<RunStatus>;
};

export type NewJob = Pick<Job, 'id' | 'spec' | 'version' | 'engine' | 'claim' | 'startedAt' | 'begin'>;
