import { meanOf } from '../../shared/statistics/mean.ts';
import type { TestableMetric } from './testable-metrics.ts';

/** The largest difference that counts as none on these rows: of an error it grows with how far the target spreads in them. */
export function marginOn(metric: TestableMetric, truth: Float64Array): number {
  if (!metric.inUnit) return metric.margin;
  const mean = meanOf(truth, null);
  const variance = meanOf(
    truth.map((value) => (value - mean) ** 2),
    null,
  );
  return metric.margin * Math.sqrt(variance);
}
