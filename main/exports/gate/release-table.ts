import type { ReleasedCount, ReleasedMatrix, ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { wilsonInterval } from '../../../shared/statistics/wilson.ts';
import type { Cells, Small } from './cells.ts';
import { roundChain, roundCount } from './round-counts.ts';
import { roundNumber } from './round-number.ts';
import { boundMetric } from './small-cells.ts';
import { type Decimals, type DecisionMetric, decisionMetrics, decisionValue } from './table-metrics.ts';

/** Everything a report says about a binary decision. */
export type TableRelease = {
  total: ReleasedCount;
  classes: [ReleasedCount, ReleasedCount];
  confusion: ReleasedMatrix | { suppressed: 'S5' };
  metrics: Record<DecisionMetric, ReleasedMetric>;
};

/**
 * S1, S2, S3 and S5 on the true counts of one binary decision. It depends on nothing but its arguments, so that the
 * enumerator of S4 can ask which other counts would have given the same report.
 * @param clustered persons have several rows: counts are rows, `small` counts persons, and no Wilson interval is given
 */
export function releaseTable(
  cells: Cells,
  small: Small,
  clustered: boolean,
  policy: Policy,
  decimals: Decimals,
): TableRelease {
  const { k, base } = policy;
  const positives = cells.tp + cells.fn;
  const all = positives + cells.fp + cells.tn;
  const total: ReleasedCount = roundCount(all, base) < k || all < k ? { suppressed: 'S1' } : roundCount(all, base);
  const metrics = {} as Record<DecisionMetric, ReleasedMetric>;
  if (small.positives || small.negatives) {
    for (const key of decisionMetrics) metrics[key] = { kind: 'suppressed', key, suppressed: 'S3' };
    return { total, classes: [{ suppressed: 'S1' }, { suppressed: 'S1' }], confusion: { suppressed: 'S5' }, metrics };
  }

  const rounded = roundChain([cells.tp, cells.fn, cells.fp, cells.tn], base) as [number, number, number, number];
  const [tp, fn, fp, tn] = rounded;
  const anySmall = small.tp || small.fn || small.fp || small.tn;
  const classes: [ReleasedCount, ReleasedCount] =
    tp + fn < k || fp + tn < k ? [{ suppressed: 'S1' }, { suppressed: 'S1' }] : [tp + fn, fp + tn];
  // A count of 11 or 12 would be shown as 10: cells must hold k persons before rounding and show k after it.
  const hidden = anySmall || rounded.some((count) => count < k);
  const confusion = hidden ? ({ suppressed: 'S5' } as const) : matrixOf(tp, fn, fp, tn);
  const behind = denominators(classes, 'suppressed' in confusion ? null : confusion);
  for (const key of decisionMetrics) {
    metrics[key] =
      boundMetric(key, cells, small, clustered, policy, decimals[key]) ??
      plainValue(key, cells, clustered ? null : behind[key], decimals[key]);
  }
  return { total, classes, confusion, metrics };
}

function matrixOf(tp: number, fn: number, fp: number, tn: number): ReleasedMatrix {
  return {
    cells: [
      [tp, fn],
      [fp, tn],
    ],
    rowTotals: [tp + fn, fp + tn],
    columnTotals: [tp + fp, fn + tn],
    total: tp + fn + fp + tn,
  };
}

/** The denominator of each proportion as the report shows it; null where it does not. */
function denominators(
  [positives, negatives]: TableRelease['classes'],
  matrix: ReleasedMatrix | null,
): Record<DecisionMetric, number | null> {
  const p = typeof positives === 'number' ? positives : null;
  const n = typeof negatives === 'number' ? negatives : null;
  return {
    accuracy: p === null || n === null ? null : p + n,
    sensitivity: p,
    specificity: n,
    ppv: matrix?.columnTotals[0] ?? null,
    npv: matrix?.columnTotals[1] ?? null,
    'balanced-accuracy': null,
    f1: null,
    mcc: null,
  };
}

/** The interval is Wilson's on the rounded rate and the rounded denominator: it tells nothing that they do not. */
function plainValue(key: DecisionMetric, cells: Cells, behind: number | null, decimals: number): ReleasedMetric {
  const value = roundNumber(decisionValue(key, cells), decimals);
  const interval = behind === null ? null : wilsonInterval(value * behind, behind);
  return {
    kind: 'value',
    key,
    value,
    low: interval === null ? null : roundNumber(interval.low, decimals),
    high: interval === null ? null : roundNumber(interval.high, decimals),
    decimals,
    method: interval === null ? null : 'Wilson',
  };
}
