import type { Interval } from './interval.ts';
import { z95 } from './normal.ts';

/**
 * Wilson's score interval for a proportion (Wilson 1927), without continuity correction: the p with
 * |k/n − p| ≤ z √(p(1 − p)/n). Lies within [0, 1] and has a width at 0 and n as well. null when n is 0.
 * `successes` and `n` may be effective counts, not whole; `z` is the two-sided normal quantile.
 */
export function wilsonInterval(successes: number, n: number, z: number = z95): Interval | null {
  if (!(n > 0)) return null;
  const p = successes / n;
  const square = (z * z) / n;
  const center = (p + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === n ? 1 : Math.min(1, center + half),
  };
}
