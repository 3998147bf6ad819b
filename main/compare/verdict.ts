import type { CompareTest } from '../../shared/contract/runs.ts';

export type Verdict = CompareTest['verdict'];

/**
 * Reads the verdict off the widened interval of a difference: real when it leaves out 0, no-difference when it lies within
 * ± the margin that counts as equal, cannot-tell otherwise and when there is no interval.
 */
export function verdictOf(interval: { low: number; high: number } | null, margin: number): Verdict {
  if (interval === null) return 'cannot-tell';
  if (interval.low > 0 || interval.high < 0) return 'real';
  return interval.low >= -margin && interval.high <= margin ? 'no-difference' : 'cannot-tell';
}
