import type { Estimate } from '../../shared/model/estimate.ts';

/** `0.823 [0.786–0.860]`: digits to the first uncertain one; an en dash without a value. */
export function estimateText(estimate: Pick<Estimate, 'value' | 'low' | 'high'> | undefined): string {
  if (estimate === undefined || estimate.value === null) return '–';
  const { value, low, high } = estimate;
  const digits =
    low === null || high === null || high <= low ? 3 : Math.min(6, Math.max(0, digitsFor((high - low) / 2)));
  const interval = low === null || high === null ? '' : ` [${low.toFixed(digits)}–${high.toFixed(digits)}]`;
  return `${value.toFixed(digits)}${interval}`;
}

/** The same with its method and both counts. */
export function describeEstimate(estimate: Estimate): string {
  const { method, rows, subjects } = estimate;
  return `${estimateText(estimate)}  ${method}; ${rows} rows, ${subjects ?? 'unknown'} subjects`;
}

/** Down to the first significant digit of the half-width, one further when that digit is 1 or 2. */
function digitsFor(halfWidth: number): number {
  const exponent = Math.floor(Math.log10(halfWidth));
  const first = Math.floor(halfWidth / 10 ** exponent);
  return -exponent + (first <= 2 ? 1 : 0);
}
