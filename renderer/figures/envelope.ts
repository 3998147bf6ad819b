import type { SeriesColumns } from '../../shared/model/series.ts';

/** A down-sampled series as it is drawn: per range the middle as a line and the smallest and largest value as a band. */
export type Envelope = {
  steps: Float64Array;
  times: Float64Array;
  middle: Float64Array;
  low: Float64Array;
  high: Float64Array;
};

/**
 * A reduced series comes as two points per range, its smallest and its largest value in step order. Pairs become one point
 * of the band; a series that was not reduced has no envelope.
 */
export function envelope(series: SeriesColumns): Envelope | null {
  if (!series.downsampled) return null;
  const pairs = Math.floor(series.values.length / 2);
  const make = () => new Float64Array(pairs);
  const out: Envelope = { steps: make(), times: make(), middle: make(), low: make(), high: make() };
  for (let pair = 0; pair < pairs; pair += 1) {
    const [a, b] = [series.values[2 * pair]!, series.values[2 * pair + 1]!];
    out.steps[pair] = (series.steps[2 * pair]! + series.steps[2 * pair + 1]!) / 2;
    out.times[pair] = (series.times[2 * pair]! + series.times[2 * pair + 1]!) / 2;
    out.low[pair] = Math.min(a, b);
    out.high[pair] = Math.max(a, b);
    out.middle[pair] = (a + b) / 2;
  }
  return out;
}
