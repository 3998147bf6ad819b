import type { ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import type { Cells, Small } from './cells.ts';
import { roundDown, roundUp } from './round-number.ts';
import { type DecisionMetric, decisionValue } from './table-metrics.ts';

/** Which true classes a metric looks at. */
const looksAt: Record<DecisionMetric, { positives: boolean; negatives: boolean }> = {
  accuracy: { positives: true, negatives: true },
  'balanced-accuracy': { positives: true, negatives: true },
  sensitivity: { positives: true, negatives: false },
  specificity: { positives: false, negatives: true },
  ppv: { positives: true, negatives: true },
  npv: { positives: true, negatives: true },
  f1: { positives: true, negatives: true },
  mcc: { positives: true, negatives: true },
};

/**
 * S3 where a cell holds fewer than k persons: the metric becomes a bound that every count from 0 to k − 1 in that cell
 * satisfies (the class totals stay), rounded outward; the result is the same whatever the small count is. Errors lower a
 * metric, so small error cells give "at least", small hits "at most"; both at once, or persons with several rows, give nothing.
 * Returns null when no small cell touches the metric: its value may be released.
 */
export function boundMetric(
  key: DecisionMetric,
  cells: Cells,
  small: Small,
  clustered: boolean,
  policy: Policy,
  decimals: number,
): ReleasedMetric | null {
  const rows = looksAt[key];
  const fn = rows.positives && small.fn;
  const tp = rows.positives && small.tp;
  const fp = rows.negatives && small.fp;
  const tn = rows.negatives && small.tn;
  if (!(fn || tp || fp || tn)) return null;
  const suppressed: ReleasedMetric = { kind: 'suppressed', key, suppressed: 'S3' };
  if (clustered || key === 'mcc' || ((fn || fp) && (tp || tn))) return suppressed;

  const positives = cells.tp + cells.fn;
  const negatives = cells.fp + cells.tn;
  const most = policy.k - 1;
  // When all errors together are fewer than k, the bound is on them together.
  const together = small.errors && rows.positives && rows.negatives;
  const values: number[] = [];
  for (const inPositives of fn || tp ? range(most) : [null]) {
    for (const inNegatives of fp || tn ? range(most) : [null]) {
      if (together && (inPositives ?? 0) + (inNegatives ?? 0) > most) continue;
      const missed = inPositives === null ? cells.fn : fn ? inPositives : positives - inPositives;
      const alarms = inNegatives === null ? cells.fp : fp ? inNegatives : negatives - inNegatives;
      if (missed > positives || alarms > negatives || missed < 0 || alarms < 0) continue;
      const value = decisionValue(key, { tp: positives - missed, fn: missed, fp: alarms, tn: negatives - alarms });
      if (Number.isFinite(value)) values.push(value);
    }
  }
  const lowest = roundDown(Math.min(...values), decimals);
  const highest = roundUp(Math.max(...values), decimals);
  if (fn || fp)
    return lowest > 0 ? { kind: 'bound', key, relation: 'at least', value: lowest, decimals, rule: 'S3' } : suppressed;
  return highest < 1 ? { kind: 'bound', key, relation: 'at most', value: highest, decimals, rule: 'S3' } : suppressed;
}

const range = (most: number): number[] => Array.from({ length: most + 1 }, (_, n) => n);
