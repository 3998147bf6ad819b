import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { absoluteResiduals } from '../../shared/statistics/mae.ts';
import { meanOf } from '../../shared/statistics/mean.ts';
import { weightedRSquared } from '../../shared/statistics/r-squared.ts';
import { squaredResiduals } from '../../shared/statistics/rmse.ts';
import { weightedSpearman } from '../../shared/statistics/spearman.ts';
import type { WeightedStatistic } from './weighted-statistic.ts';

/** A metric of predicted numbers: `rmse`, `mae`, `r2` or `spearman`. */
export function regressionStatistic(key: string, { truth, scores }: PredictionColumns): WeightedStatistic {
  if (key === 'spearman') return weightedSpearman(truth, scores);
  if (key === 'mae') {
    const residuals = absoluteResiduals(truth, scores);
    return (weights) => meanOf(residuals, weights);
  }
  const squares = squaredResiduals(truth, scores);
  if (key === 'rmse') return (weights) => Math.sqrt(meanOf(squares, weights));
  if (key === 'r2') return (weights) => weightedRSquared(truth, squares, weights);
  return () => Number.NaN;
}
