import { fixed, interval, intervalDecimals, MISSING } from '../../shared/format.ts';
import type { Estimate } from '../../shared/model/estimate.ts';

/** `0.823 [0.786–0.860]`: digits to the first uncertain one; an en dash without a value. */
export function estimateText(estimate: Pick<Estimate, 'value' | 'low' | 'high'> | undefined): string {
  if (estimate === undefined || estimate.value === null) return MISSING;
  const { value, low, high } = estimate;
  const digits = low === null || high === null ? 3 : (intervalDecimals(low, high) ?? 3);
  const bounds = low === null || high === null ? '' : ` ${interval(low, high, digits)}`;
  return `${fixed(value, digits)}${bounds}`;
}

/** The same with its method and both counts. */
export function describeEstimate(estimate: Estimate): string {
  const { method, rows, subjects } = estimate;
  return `${estimateText(estimate)}  ${method}; ${rows} rows, ${subjects ?? 'unknown'} subjects`;
}
