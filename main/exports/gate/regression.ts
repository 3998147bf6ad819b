import { type ExportMetric, exportMetrics } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedEvaluation, ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { regressionKeys, regressionStatistics } from '../../../shared/statistics/estimate-regression.ts';
import { absoluteResiduals } from '../../../shared/statistics/mae.ts';
import { squaredResiduals } from '../../../shared/statistics/rmse.ts';
import type { HeldOut } from './held-out.ts';
import { meanMayLeave } from './means.ts';
import { roundCount } from './round-counts.ts';
import { roundNumber } from './round-number.ts';
import { methodOf, suppress } from './score-metrics.ts';

/** In the unit of the target, so decimals say nothing about them: they leave with two significant digits. */
const inUnits = ['rmse', 'mae', 'calibration-intercept'] as const satisfies ExportMetric[];
const units = new Set<ExportMetric>(inUnits);
const unitless = ['r2', 'spearman', 'calibration-slope'] as const satisfies ExportMetric[];

/**
 * S1, S3 and S10 for predicted numbers: no curve, no residual, only means over k persons or more in which no person weighs
 * too much. What is a mean of squares (RMSE, R²) is asked that of the squares, the mean absolute error of its own terms; rank
 * correlation and slope lean on outliers of either kind, so both are asked. R² also needs a spread of the target that one
 * person does not make. Throws when the stored numbers cannot be had again.
 */
export function gateRegression(held: HeldOut, policy: Policy): ReleasedEvaluation {
  const { columns, part, personOf, clustered } = held;
  const persons = new Set(personOf).size;
  const counted = roundCount(columns.rows, policy.base);
  const none = { suppressed: 'S6' } as const;
  return {
    part: part.part,
    unit: clustered ? 'rows' : 'subjects',
    total: persons >= policy.k && counted >= policy.k ? counted : { suppressed: 'S1' },
    classes: [],
    threshold: null,
    thresholdRule: null,
    metrics: metricsOf(held, persons, policy),
    confusion: none,
    roc: none,
    calibration: none,
    histogram: none,
    foldAuc: null,
  };
}

function metricsOf({ columns, part, personOf }: HeldOut, persons: number, policy: Policy): ReleasedMetric[] {
  const { truth, scores } = columns;
  const again = new Float64Array(regressionKeys.length);
  regressionStatistics(truth, scores)(null, again);
  const even = (contributions: ArrayLike<number>): boolean => meanMayLeave(contributions, personOf, policy.k);
  const squares = even(squaredResiduals(truth, scores));
  const absolutes = even(absoluteResiduals(truth, scores));
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const spread = even(truth.map((value) => (value - mean) ** 2));
  const mayLeave: Record<(typeof inUnits)[number] | (typeof unitless)[number], boolean> = {
    rmse: squares,
    mae: absolutes,
    'calibration-intercept': squares && spread,
    r2: squares && spread,
    spearman: squares && spread,
    'calibration-slope': squares && spread,
  };
  return [...inUnits, ...unitless]
    .filter((key) => part.estimates[key]?.value != null)
    .map((key) => {
      const stored = part.estimates[key]!;
      const value = again[regressionKeys.indexOf(key)]!;
      const { low, high } = exportMetrics[key];
      if (!(Math.abs(value - stored.value!) <= 1e-6 * Math.max(1, Math.abs(value)))) return suppress(key, 'S10');
      if (value < low || value > high) return suppress(key, 'X1');
      if (persons < policy.k || !mayLeave[key]) return suppress(key, 'S3');
      const decimals = units.has(key) ? decimalsOf(value) : 2;
      const rounded = (number: number): number => roundNumber(roundTo(number, decimals), Math.max(0, decimals));
      const interval = stored.low !== null && stored.high !== null;
      return {
        kind: 'value',
        key,
        value: rounded(value),
        low: interval ? rounded(stored.low!) : null,
        high: interval ? rounded(stored.high!) : null,
        decimals: Math.max(0, decimals),
        method: interval ? methodOf(stored.method) : null,
      };
    });
}

/** Decimals that leave two significant digits; negative for hundreds and more. At most six. */
function decimalsOf(value: number): number {
  return value === 0 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(Math.abs(value))));
}

const roundTo = (value: number, decimals: number): number => {
  if (decimals >= 0) return value;
  const step = 10 ** -decimals;
  return Math.round(value / step) * step;
};
