import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { aucOfRanked } from '../../shared/statistics/auc.ts';
import { averagePrecisionOfRanked } from '../../shared/statistics/average-precision.ts';
import { multiclassSquaredErrors, squaredErrors } from '../../shared/statistics/brier.ts';
import { confusionAt, confusionTable } from '../../shared/statistics/confusion.ts';
import { f1, macroF1 } from '../../shared/statistics/f1.ts';
import { logLosses, multiclassLogLosses } from '../../shared/statistics/log-loss.ts';
import { matrixAccuracy, meanRecall } from '../../shared/statistics/matrix-rates.ts';
import { mcc } from '../../shared/statistics/mcc.ts';
import { meanOf } from '../../shared/statistics/mean.ts';
import { macroMean, oneVersusRest } from '../../shared/statistics/multiclass-auc.ts';
import { confusionMatrix, predictedClasses } from '../../shared/statistics/multiclass-confusion.ts';
import { rankByScore } from '../../shared/statistics/ranked.ts';
import { balancedAccuracy, type RateKey, ratesOf } from '../../shared/statistics/rates.ts';
import { regressionStatistic } from './regression-statistic.ts';
import type { WeightedStatistic } from './weighted-statistic.ts';

export type TestableMetric = {
  key: string;
  /** As a sentence names it. */
  name: string;
  higherIsBetter: boolean;
  /** Differences within ± this count as none (docs/statistics.md); with `inUnit` a share of the target's standard deviation. */
  margin: number;
  /** Whether it is in the unit of the target. */
  inUnit: boolean;
  tasks: ('binary' | 'multiclass' | 'regression')[];
  needsThreshold: boolean;
};

const metric = (key: string, name: string, margin: number, more: Partial<TestableMetric> = {}): TestableMetric => ({
  key,
  name,
  margin,
  higherIsBetter: true,
  inUnit: false,
  tasks: ['binary', 'multiclass'],
  needsThreshold: false,
  ...more,
});
const decision: Partial<TestableMetric> = { tasks: ['binary'], needsThreshold: true };
const ofNumbers: Partial<TestableMetric> = { tasks: ['regression'] };
const error: Partial<TestableMetric> = { ...ofNumbers, higherIsBetter: false, inUnit: true };

/** Metrics that two runs can be tested in, of each task the default first. */
export const testableMetrics: readonly TestableMetric[] = [
  metric('auc', 'AUC', 0.02),
  metric('brier', 'Brier score', 0.01, { higherIsBetter: false }),
  metric('log-loss', 'log loss', 0.02, { higherIsBetter: false }),
  metric('average-precision', 'average precision', 0.02),
  metric('accuracy', 'accuracy', 0.02, { needsThreshold: true }),
  metric('balanced-accuracy', 'balanced accuracy', 0.02, { needsThreshold: true }),
  metric('sensitivity', 'sensitivity', 0.02, decision),
  metric('specificity', 'specificity', 0.02, decision),
  metric('ppv', 'PPV', 0.02, decision),
  metric('npv', 'NPV', 0.02, decision),
  metric('f1', 'F1', 0.02, { needsThreshold: true }),
  metric('mcc', 'MCC', 0.04, { needsThreshold: true }),
  metric('rmse', 'RMSE', 0.02, error),
  metric('mae', 'mean absolute error', 0.02, error),
  metric('r2', 'R²', 0.02, ofNumbers),
  metric('spearman', 'rank correlation', 0.02, ofNumbers),
];

/** The metric over one run's predictions; a binary decision needs the run's own threshold (null: undefined, NaN). */
export function statisticOf(key: string, columns: PredictionColumns, threshold: number | null): WeightedStatistic {
  if (columns.classes === 0) return regressionStatistic(key, columns);
  return columns.classes > 2 ? multiclassStatistic(key, columns) : binaryStatistic(key, columns, threshold);
}

function binaryStatistic(key: string, columns: PredictionColumns, threshold: number | null): WeightedStatistic {
  const { truth, scores } = columns;
  if (key === 'brier' || key === 'log-loss') {
    const losses = key === 'brier' ? squaredErrors(truth, scores) : logLosses(truth, scores);
    return (weights) => meanOf(losses, weights);
  }
  if (key === 'average-precision') {
    const ranked = rankByScore(truth, scores);
    return (weights) => macroMean([ranked], weights, averagePrecisionOfRanked);
  }
  if (threshold === null) return () => Number.NaN;
  return (weights) => {
    const counts = confusionAt(truth, scores, threshold, weights);
    if (key === 'f1') return f1(counts);
    if (key === 'mcc') return mcc(confusionTable(counts));
    if (key === 'balanced-accuracy') return balancedAccuracy(counts);
    const { count, of } = ratesOf(counts)[key as RateKey];
    return count / of;
  };
}

function multiclassStatistic(key: string, columns: PredictionColumns): WeightedStatistic {
  const { truth, scores, classes, rows } = columns;
  if (key === 'brier' || key === 'log-loss') {
    const losses = (key === 'brier' ? multiclassSquaredErrors : multiclassLogLosses)(truth, scores, classes);
    return (weights) => meanOf(losses, weights);
  }
  if (key === 'auc' || key === 'average-precision') {
    const perClass = oneVersusRest(truth, scores, classes);
    const statistic = key === 'auc' ? aucOfRanked : averagePrecisionOfRanked;
    return (weights) => macroMean(perClass, weights, statistic);
  }
  const predicted = predictedClasses(scores, rows, classes);
  return (weights) => {
    const matrix = confusionMatrix(truth, predicted, classes, weights);
    if (key === 'f1') return macroF1(matrix);
    if (key === 'mcc') return mcc(matrix);
    return key === 'accuracy' ? matrixAccuracy(matrix) : meanRecall(matrix);
  };
}
