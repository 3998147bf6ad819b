import type { Estimate } from '../../shared/model/estimate.ts';
import type { EvaluationPart, PartEvaluation, PredictionColumns } from '../../shared/model/evaluation.ts';
import { confusionAt, confusionTable } from '../../shared/statistics/confusion.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { confusionMatrix, predictedClasses } from '../../shared/statistics/multiclass-confusion.ts';

/**
 * Every estimate of one part's predictions, and for classes the confusion matrix at `threshold` (two classes) or by the largest
 * probability.
 */
export function evaluatePart(predictions: PredictionColumns, threshold: number | null, seed: number): PartEvaluation {
  const { part, rows, classes, truth, scores, subject } = predictions;
  const estimates = estimateAll({ truth, scores, classes, subject, threshold, seed }) as Record<string, Estimate>;
  const classRows = new Array<number>(classes).fill(0);
  if (classes > 0) for (const k of truth) classRows[k]! += 1;
  return {
    part,
    rows,
    subjects: subject === null ? null : new Set(subject).size,
    classRows,
    estimates,
    confusion: confusionOf(predictions, threshold),
  };
}

function confusionOf({ rows, classes, truth, scores }: PredictionColumns, threshold: number | null): number[][] {
  if (classes === 0) return [];
  if (classes === 2) return confusionTable(confusionAt(truth, scores, threshold ?? 0.5));
  return confusionMatrix(truth, predictedClasses(scores, rows, classes), classes);
}

/** Keys as the record holds them: `test/auc`, `oof/brier`. */
export function keyedEstimates(
  parts: { part: EvaluationPart; estimates: Record<string, Estimate> }[],
): Record<string, Estimate> {
  return Object.fromEntries(
    parts.flatMap(({ part, estimates }) => Object.entries(estimates).map(([key, value]) => [`${part}/${key}`, value])),
  );
}
