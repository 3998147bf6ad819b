import type { Evaluation, PredictionColumns } from '../../shared/model/evaluation.ts';
import type { Importance } from '../../shared/model/importance.ts';
import type { Fitted } from './fit-on-rows.ts';

/** What a way of splitting gives: the model to keep, held-out predictions and the threshold chosen without the test part. */
export type Trained = {
  /** One model, or several whose predictions are averaged. */
  kept: Fitted[];
  predictions: PredictionColumns[];
  threshold: number | null;
  thresholdRule: string | null;
  folds: Evaluation['folds'];
  /** On the test part, or on the out-of-fold predictions. */
  importance: Importance | null;
};
