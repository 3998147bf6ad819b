import type { Evaluation, PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';

/** Held-out predictions whose counts can be trusted: the stored evaluation and they tell the same story. */
export type HeldOut = {
  evaluation: Evaluation;
  part: PartEvaluation;
  columns: PredictionColumns;
  /** Number of the person of each row. */
  personOf: Int32Array;
  /** Persons have several rows: counts are rows, and k is asked of distinct persons. */
  clustered: boolean;
};
