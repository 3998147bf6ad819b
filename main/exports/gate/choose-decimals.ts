import type { Policy } from '../../../shared/model/policy.ts';
import type { Cells, Small } from './cells.ts';
import { countAucTables } from './count-auc.ts';
import { countTables } from './count-tables.ts';
import { type Decimals, type DecisionMetric, decisionMetrics } from './table-metrics.ts';

/** Which metrics lose a decimal first: those that say least beside the others. */
const leastNeeded: DecisionMetric[] = [
  'mcc',
  'balanced-accuracy',
  'f1',
  'npv',
  'ppv',
  'accuracy',
  'specificity',
  'sensitivity',
];

/** At most 2 decimals; 3 when each class has 1,000 rows. */
const mostDecimals = (cells: Cells): number => (cells.tp + cells.fn >= 1000 && cells.fp + cells.tn >= 1000 ? 3 : 2);

/**
 * S4 for the metrics of the decision: decimals are taken away, one metric at a time and then all over again, until enough
 * count tables fit everything shown. Null when even one decimal each tells too much.
 */
export function chooseDecimals(cells: Cells, small: Small, clustered: boolean, policy: Policy): Decimals | null {
  const decimals = Object.fromEntries(decisionMetrics.map((key) => [key, mostDecimals(cells)])) as Decimals;
  const enough = (): boolean =>
    countTables(cells, small, clustered, policy, decimals, policy.leastTables) >= policy.leastTables;
  if (enough()) return decimals;
  for (let lower = mostDecimals(cells) - 1; lower >= 1; lower--) {
    for (const key of leastNeeded) {
      decimals[key] = lower;
      if (enough()) return decimals;
    }
  }
  return null;
}

/** S4 for the AUC, and with it for the other statistics of the scores. */
export function chooseScoreDecimals(cells: Cells, auc: number | null, policy: Policy): number | null {
  const positives = cells.tp + cells.fn;
  const negatives = cells.fp + cells.tn;
  if (auc === null) return null;
  for (let decimals = mostDecimals(cells); decimals >= 1; decimals--) {
    const found = countAucTables(positives, negatives, auc, decimals, policy.base, policy.leastTables);
    if (found >= policy.leastTables) return decimals;
  }
  return null;
}
