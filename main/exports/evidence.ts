import type { DatasetVersion } from '../../shared/model/dataset.ts';
import type { Evaluation, PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';

/** Everything known about one run that the gate may look at. Local: nothing of it leaves but through the gate. */
export type RunEvidence = {
  detail: RunDetail;
  evaluation: Evaluation | null;
  predictions: PredictionColumns[];
  dataset: DatasetVersion | null;
  /** Number of lines in the run's log; the log itself is never read for a report. */
  logged: boolean;
};
