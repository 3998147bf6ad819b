import type { Estimate } from '../../../shared/model/estimate.ts';
import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { type ExportMetric, exportMetrics, type RuleId } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { auc } from '../../../shared/statistics/auc.ts';
import { averagePrecision } from '../../../shared/statistics/average-precision.ts';
import { brier, multiclassBrier, multiclassSquaredErrors, squaredErrors } from '../../../shared/statistics/brier.ts';
import { calibrationIntercept } from '../../../shared/statistics/calibration-intercept.ts';
import { calibrationSlope } from '../../../shared/statistics/calibration-slope.ts';
import { logLoss, logLosses, multiclassLogLoss, multiclassLogLosses } from '../../../shared/statistics/log-loss.ts';
import { multiclassAuc, multiclassAveragePrecision } from '../../../shared/statistics/multiclass-auc.ts';
import { meanMayLeave } from './means.ts';
import { roundDown, roundNumber, roundUp } from './round-number.ts';

type Columns = Pick<PredictionColumns, 'rows' | 'classes' | 'truth' | 'scores'>;
type ScoreStatistic = {
  key: ExportMetric;
  /** The value again, from the predictions: a stored number without that evidence does not leave (S10). */
  value: (columns: Columns) => number | null;
  /** For means: what each row adds, for the dominance rules. */
  contributions?: (columns: Columns) => ArrayLike<number>;
};

const binary: ScoreStatistic[] = [
  { key: 'auc', value: ({ truth, scores }) => auc(truth, scores) },
  { key: 'average-precision', value: ({ truth, scores }) => averagePrecision(truth, scores) },
  {
    key: 'brier',
    value: ({ truth, scores }) => brier(truth, scores),
    contributions: ({ truth, scores }) => squaredErrors(truth, scores),
  },
  {
    key: 'log-loss',
    value: ({ truth, scores }) => logLoss(truth, scores),
    contributions: ({ truth, scores }) => logLosses(truth, scores),
  },
  { key: 'calibration-intercept', value: ({ truth, scores }) => calibrationIntercept(truth, scores) },
  { key: 'calibration-slope', value: ({ truth, scores }) => calibrationSlope(truth, scores) },
];

const multiclass: ScoreStatistic[] = [
  { key: 'auc', value: ({ truth, scores, classes }) => multiclassAuc(truth, scores, classes) },
  {
    key: 'average-precision',
    value: ({ truth, scores, classes }) => multiclassAveragePrecision(truth, scores, classes),
  },
  {
    key: 'brier',
    value: ({ truth, scores, classes }) => multiclassBrier(truth, scores, classes),
    contributions: ({ truth, scores, classes }) => multiclassSquaredErrors(truth, scores, classes),
  },
  {
    key: 'log-loss',
    value: ({ truth, scores, classes }) => multiclassLogLoss(truth, scores, classes),
    contributions: ({ truth, scores, classes }) => multiclassLogLosses(truth, scores, classes),
  },
];

/**
 * S3 and S10 for metrics of the scores, where every class is known to hold k persons. `estimates` are the stored ones, keys
 * without prefix; a value that the predictions do not give again is refused.
 */
export function releaseScoreMetrics(
  columns: Columns,
  estimates: Record<string, Estimate>,
  personOf: ArrayLike<number>,
  policy: Policy,
  decimals: number,
): ReleasedMetric[] {
  const statistics = columns.classes > 2 ? multiclass : binary;
  return statistics
    .filter(({ key }) => estimates[key]?.value != null)
    .map(({ key, value, contributions }) => {
      const stored = estimates[key]!;
      const again = value(columns);
      if (again === null || Math.abs(again - stored.value!) > 1e-6) return suppress(key, 'S10');
      const { low, high } = exportMetrics[key];
      if (again < low || again > high) return suppress(key, 'X1');
      if (contributions !== undefined && !meanMayLeave(contributions(columns), personOf, policy.k))
        return suppress(key, 'S3');
      return showScore(key, stored, decimals);
    });
}

export const suppress = (key: ExportMetric, rule: RuleId): ReleasedMetric => ({
  kind: 'suppressed',
  key,
  suppressed: rule,
});

/** Rank statistics so close to 1 or 0 that no or hardly any pair is out of order become a bound. */
function showScore(key: ExportMetric, stored: Estimate, decimals: number): ReleasedMetric {
  const value = roundNumber(stored.value!, decimals);
  const step = 10 ** -decimals;
  if (key === 'auc' || key === 'average-precision') {
    if (value >= 1)
      return { kind: 'bound', key, relation: 'at least', value: roundDown(1 - step, decimals), decimals, rule: 'S3' };
    if (value <= 0)
      return { kind: 'bound', key, relation: 'at most', value: roundUp(step, decimals), decimals, rule: 'S3' };
  }
  const shown = stored.low !== null && stored.high !== null;
  return {
    kind: 'value',
    key,
    value,
    low: shown ? roundNumber(stored.low!, decimals) : null,
    high: shown ? roundNumber(stored.high!, decimals) : null,
    decimals,
    method: shown ? methodOf(stored.method) : null,
  };
}

export function methodOf(method: string): Extract<ReleasedMetric, { kind: 'value' }>['method'] {
  if (method.startsWith('clustered DeLong')) return 'clustered DeLong';
  if (method.startsWith('DeLong')) return 'DeLong';
  if (method.startsWith('Wilson')) return 'Wilson';
  if (method.startsWith('bootstrap over subjects')) return 'bootstrap over subjects';
  return null;
}
