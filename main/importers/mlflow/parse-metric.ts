import type { ImportedSeries } from '../../store/imports/imported-run.ts';
import type { ExactPoint } from '../../store/metrics/exact-points.ts';
import type { ModelMetric } from '../../store/tracking/logged-models.ts';

/** `exact` has the points whose step or time is beyond 2^53. */
export type ParsedMetric = { series: ImportedSeries; exact: ExactPoint[]; bad: number };

/**
 * A metric file of MLflow's file store: a point a line, `timestamp value [step …]`; without a step in very old files. A last line
 * without its end was cut and is left out; `bad` counts other lines that are no point.
 */
export function parseMetric(text: string): ParsedMetric {
  const lines = text.split('\n');
  // What follows the last line end is either nothing or a line that is still being written.
  const last = lines.pop() ?? '';
  if (lines.length === 0 && isWholePoint(last)) lines.push(last);
  const steps = new Float64Array(lines.length);
  const values = new Float64Array(lines.length);
  const times = new Float64Array(lines.length);
  const exact: ExactPoint[] = [];
  let count = 0;
  let bad = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const [time = '', value = '', step = '0'] = line.trim().split(/\s+/);
    const at = wholeNumber(time);
    const index = wholeNumber(step);
    const number = pythonNumber(value);
    if (at === null || index === null || number === null) {
      bad += 1;
      continue;
    }
    if (typeof at === 'bigint' || typeof index === 'bigint') {
      exact.push({ time: BigInt(at), step: BigInt(index), value: number });
      continue;
    }
    times[count] = at;
    steps[count] = index;
    values[count] = number;
    count += 1;
  }
  const series = {
    steps: steps.subarray(0, count),
    values: values.subarray(0, count),
    times: times.subarray(0, count),
  };
  return { series, exact, bad };
}

/** A file of one point that nobody ended with a line end: MLflow always does, other writers may not. */
const isWholePoint = (line: string): boolean => /^\d+ \S+ -?\d+$/.test(line);

/** A whole number of 64 bits, a bigint where a double would not be exact; null for anything else. */
export function wholeNumber(text: string): number | bigint | null {
  if (!/^-?\d+$/.test(text)) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  if (text.length > 20) return null;
  const exact = BigInt(text);
  return BigInt.asIntN(64, exact) === exact ? exact : null;
}

export type ModelPoint = Omit<ModelMetric, 'key'>;

/** A metric file of a logged model: `timestamp value step run [dataset digest]` a line. */
export function parseModelPoints(text: string): { points: ModelPoint[]; bad: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const points = lines.flatMap((line): ModelPoint[] => {
    const [at = '', number = '', index = '', run, datasetName = '', datasetDigest = ''] = line.trim().split(/\s+/);
    const [time, value, step] = [wholeNumber(at), pythonNumber(number), wholeNumber(index)];
    if (time === null || value === null || step === null || run === undefined) return [];
    return [{ time, value, step, run, datasetName, datasetDigest }];
  });
  return { points, bad: lines.length - points.length };
}

const words: Record<string, number> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

/** A float as Python writes it: `1e-05`, `nan`, `-inf`. */
export function pythonNumber(text: string): number | null {
  const word = words[text.replace(/^[+-]/, '').toLowerCase()];
  if (word !== undefined) return text.startsWith('-') ? -word : word;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
