/** How a number in one unit becomes the same in another: `other = factor × value + offset`. */
type Conversion = { name: string; factor: number; offset: number };

const both = (name: string, factor: number): Conversion[] => [
  { name: `${name} (×${factor})`, factor, offset: 0 },
  { name: `${name} (÷${factor})`, factor: 1 / factor, offset: 0 },
];

/** Conversions met in clinical tables, each in both directions. Molar masses give those between mg/dl and mmol/l or µmol/l. */
const conversions: Conversion[] = [
  ...both('a power of ten', 10),
  ...both('a power of ten', 100),
  ...both('a power of ten', 1000),
  ...both('glucose mg/dl and mmol/l', 18.016),
  ...both('creatinine mg/dl and µmol/l', 88.42),
  ...both('bilirubin mg/dl and µmol/l', 17.1),
  ...both('cholesterol mg/dl and mmol/l', 38.67),
  ...both('triglycerides mg/dl and mmol/l', 88.57),
  ...both('kg and pounds', 2.2046),
  ...both('cm and inches', 2.54),
  ...both('mmHg and kPa', 7.5006),
  { name: '°C and °F (×1.8 + 32)', factor: 1.8, offset: 32 },
  { name: '°F and °C (−32, ÷1.8)', factor: 1 / 1.8, offset: -32 / 1.8 },
];

/** Of sorted numbers, by linear interpolation. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  return sorted[low]! + (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!) * (at - low);
}

export type Elsewhere = { trainingMedian: number; median: number; conversion: string | null };

/**
 * Whether numbers lie elsewhere than those of the training part: their median is outside its central 98 %. `conversion` names
 * the known one that brings training's median closest to theirs, if it lands within their central half. null when they lie
 * where training's do, or a side is empty.
 */
export function liesElsewhere(training: Float64Array, now: Float64Array): Elsewhere | null {
  if (training.length === 0 || now.length === 0) return null;
  const before = training.toSorted();
  const other = now.toSorted();
  const median = quantile(other, 0.5);
  if (median >= quantile(before, 0.01) && median <= quantile(before, 0.99)) return null;
  const trainingMedian = quantile(before, 0.5);
  const landing = conversions
    .map(({ name, factor, offset }) => ({ name, to: factor * trainingMedian + offset }))
    .filter(({ to }) => to >= quantile(other, 0.25) && to <= quantile(other, 0.75))
    .sort((a, b) => Math.abs(a.to - median) - Math.abs(b.to - median));
  return { trainingMedian, median, conversion: landing[0]?.name ?? null };
}
