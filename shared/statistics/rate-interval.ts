import { percentileInterval } from './bootstrap.ts';
import type { Interval } from './interval.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * 95 % interval of a proportion over clustered rows: percentiles of its bootstrap draws over persons. At 0 and 1 every draw
 * is alike and would claim certainty; then Wilson's interval on the number of persons in the denominator takes its place.
 */
export function clusteredRateInterval(rate: number, draws: Float64Array, persons: number): Interval | null {
  const interval = percentileInterval(draws);
  if (interval === null || interval.high > interval.low) return interval;
  return wilsonInterval(rate * persons, persons);
}
