/**
 * Exponential moving average with the start corrected (as Adam corrects its moments), so that the first points are not
 * drawn towards zero. `strength` from 0 (none) to just under 1. NaN and infinite points stay as they are and move nothing.
 */
export function smooth(values: Float64Array, strength: number): Float64Array {
  const out = new Float64Array(values.length);
  let mean = 0;
  let weight = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!;
    if (!Number.isFinite(value)) {
      out[at] = value;
      continue;
    }
    mean = strength * mean + (1 - strength) * value;
    weight = strength * weight + (1 - strength);
    out[at] = mean / weight;
  }
  return out;
}
