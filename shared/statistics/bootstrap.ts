import type { Interval } from './interval.ts';
import { quantileOfSorted } from './quantile.ts';
import { createRandom } from './random.ts';
import type { Subjects } from './subjects.ts';

export const defaultDraws = 2000;

/** Writes each statistic of one resample into `out`; `weights[i]` is how often row i was drawn. NaN where undefined. */
export type ResampledStatistics = (weights: Uint16Array, out: Float64Array) => void;

/**
 * Bootstrap over persons (Efron; cluster bootstrap of Field and Welsh 2007): each draw takes as many persons as there are,
 * with replacement and all their rows, not stratified by class. Returns one array of `draws` values per statistic, all from
 * the same resamples, so that differences between them are paired. The same seed gives the same draws.
 */
export function bootstrap(
  subjects: Subjects,
  statistics: number,
  compute: ResampledStatistics,
  options: { draws: number; seed: number },
): Float64Array[] {
  const { index, count } = subjects;
  const random = createRandom(options.seed);
  const values = Array.from({ length: statistics }, () => new Float64Array(options.draws));
  const drawn = new Uint16Array(count);
  const weights = new Uint16Array(index.length);
  const out = new Float64Array(statistics);
  for (let draw = 0; draw < options.draws && count > 0; draw++) {
    drawn.fill(0);
    for (let k = 0; k < count; k++) drawn[random.below(count)]!++;
    for (let i = 0; i < index.length; i++) weights[i] = drawn[index[i]!]!;
    compute(weights, out);
    for (let s = 0; s < statistics; s++) values[s]![draw] = out[s]!;
  }
  return values;
}

/**
 * Percentile interval of bootstrap draws. Draws in which the statistic is undefined (a resample with one class) are left
 * out; null when more than a tenth are, since what remains is then no longer a bootstrap of it.
 */
export function percentileInterval(draws: Float64Array, level = 0.95): Interval | null {
  const defined = draws.filter(Number.isFinite).sort();
  if (defined.length === 0 || defined.length < 0.9 * draws.length) return null;
  const tail = (1 - level) / 2;
  return { low: quantileOfSorted(defined, tail), high: quantileOfSorted(defined, 1 - tail) };
}

/**
 * How many draws a sample of this many rows gets: 2,000, fewer above 5,000 rows (never under 500) so that a result is
 * there in seconds; the method text says how many it was.
 */
export function drawsFor(rows: number): number {
  return Math.round(Math.min(defaultDraws, Math.max(500, 1e7 / Math.max(1, rows))));
}
