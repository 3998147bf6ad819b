import type { Histogram, PrCurve } from '../../../shared/model/step-record.ts';
import type { SummaryValue, TensorProto } from './messages.ts';
import { numbersOf, shapeOf } from './tensor.ts';

/** The older form: buckets by their upper limits. Empty ones at both ends go; what is left is cut to the smallest and the largest value. */
export function histogramOf({
  bucket_limit: limits = [],
  bucket = [],
  min = 0,
  max = 0,
}: NonNullable<SummaryValue['histo']>): Histogram {
  const counts = bucket.slice(0, limits.length);
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return { edges: [], counts: [] };
  const last = counts.findLastIndex((count) => count > 0);
  return { edges: finite([min, ...limits.slice(first, last), max]), counts: finite(counts.slice(first, last + 1)) };
}

/** The newer form: rows of left edge, right edge, count. Null when it is not that. */
export function histogramOfTensor(tensor: TensorProto): Histogram | null {
  const numbers = numbersOf(tensor);
  const [rows = 0, columns] = shapeOf(tensor);
  if (numbers === null || columns !== 3 || rows < 0 || numbers.length < 3 * rows) return null;
  if (rows === 0) return { edges: [], counts: [] };
  const counts: number[] = [];
  const edges = [numbers[0]!];
  for (let at = 0; at < 3 * rows; at += 3) {
    edges.push(numbers[at + 1]!);
    counts.push(numbers[at + 2]!);
  }
  return { edges: finite(edges), counts: finite(counts) };
}

/** Rows of true and false positives, true and false negatives, precision, recall over evenly spaced thresholds. */
export function prCurveOf(tensor: TensorProto): PrCurve | null {
  const numbers = numbersOf(tensor);
  const [rows, columns = 0] = shapeOf(tensor);
  if (numbers === null || rows !== 6 || columns < 1 || numbers.length < 6 * columns) return null;
  const row = (index: number): number[] => finite(numbers.slice(index * columns, (index + 1) * columns));
  const thresholds = Array.from({ length: columns }, (_, i) => (columns === 1 ? 0 : i / (columns - 1)));
  return { thresholds, precision: row(4), recall: row(5) };
}

/** JSON has no infinities and no NaN: they become the largest numbers and 0. */
const finite = (numbers: number[]): number[] =>
  numbers.map((number) => (Number.isNaN(number) ? 0 : Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, number))));
