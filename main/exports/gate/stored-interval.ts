import type { Estimate } from '../../../shared/model/estimate.ts';
import type { ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import { roundNumber } from './round-number.ts';
import { methodOf } from './score-metrics.ts';

/** Adds the stored interval (a bootstrap one) to a released value that has none, when it belongs to the same value. */
export function withStoredInterval(metric: ReleasedMetric, stored: Estimate | undefined): ReleasedMetric {
  if (metric.kind !== 'value' || metric.low !== null || stored === undefined) return metric;
  if (stored.value === null || stored.low === null || stored.high === null) return metric;
  const { decimals } = metric;
  if (roundNumber(stored.value, decimals) !== metric.value) return metric;
  return {
    ...metric,
    low: roundNumber(stored.low, decimals),
    high: roundNumber(stored.high, decimals),
    method: methodOf(stored.method),
  };
}
