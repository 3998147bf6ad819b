import type { ColumnType, Distribution } from '../../shared/model/dataset.ts';
import { decodeNumbers, isMissing } from '../store/table/blocks.ts';
import type { StoredColumn } from '../store/table/layout.ts';
import type { TableFile } from '../store/table/table-file.ts';
import { countDistinct } from './distinct-numbers.ts';
import { medianOf } from './median.ts';
import type { RawProfile } from './raw-profile.ts';

const BINS = 20;
/** A longer column's median is that of an evenly spaced sample of at most this many values. */
const MEDIAN_OF = 200_000;

/** Two passes over a numeric column: moments and distinct values, then the histogram and the median. */
export function profileNumbers(file: TableFile, column: Omit<StoredColumn, 'type'>): RawProfile {
  const distinct = countDistinct();
  let missing = 0;
  let row = 0;
  let nonFinite = 0;
  let firstNonFinite = 0;
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let integers = true;
  let running = true;
  let before = Number.NaN;
  let zeros = 0;
  let ones = 0;
  // Plain loops: numbers that a callback changes would each be boxed, at ten times the cost.
  for (const block of column.blocks) {
    const { values, bitmap } = decodeNumbers(file.readBlock(block), block.rows);
    for (let at = 0; at < block.rows; at++) {
      const value = values[at]!;
      row += 1;
      if (!Number.isFinite(value)) {
        if (isMissing(bitmap, at)) {
          missing += 1;
          running = false;
        } else {
          if (nonFinite === 0) firstNonFinite = row;
          nonFinite += 1;
        }
        continue;
      }
      count += 1;
      const step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
      if (value < min) min = value;
      if (value > max) max = value;
      if (integers && !Number.isInteger(value)) integers = false;
      if (running && count > 1 && value !== before + 1) running = false;
      before = value;
      if (value === 0) zeros += 1;
      else if (value === 1) ones += 1;
      distinct.add(value);
    }
  }
  const type = numericType(column.kind, integers, zeros, ones, count);
  return {
    type,
    missing,
    nonFinite: nonFinite === 0 ? null : { count: nonFinite, firstRow: firstNonFinite },
    distinct: distinct.count(),
    distribution:
      type === 'boolean'
        ? booleanLevels(column.kind === 'logical' ? ['false', 'true'] : ['0', '1'], zeros, ones)
        : histogram(file, column, { count, min, max, mean, sd: Math.sqrt(squares / Math.max(1, count - 1)), integers }),
    facts: { kind: 'numeric', min, max, running: running && integers && count > 1 },
  };
}

function numericType(
  kind: StoredColumn['kind'],
  integers: boolean,
  zeros: number,
  ones: number,
  count: number,
): ColumnType {
  if (kind === 'date') return 'date';
  if (kind === 'logical') return 'boolean';
  if (count === 0) return 'category';
  if (zeros > 0 && ones > 0 && zeros + ones === count) return 'boolean';
  return integers ? 'integer' : 'number';
}

function booleanLevels([no, yes]: [string, string], zeros: number, ones: number): Distribution {
  const levels = [
    { level: no, count: zeros },
    { level: yes, count: ones },
  ].filter(({ count }) => count > 0);
  return { kind: 'levels', levels: levels.sort((a, b) => b.count - a.count), other: 0 };
}

type Moments = { count: number; min: number; max: number; mean: number; sd: number; integers: boolean };

function histogram(file: TableFile, column: Omit<StoredColumn, 'type'>, moments: Moments): Distribution {
  const { count, min, max, mean, sd, integers } = moments;
  if (count === 0) return { kind: 'none' };
  const range = max - min;
  const bins = range === 0 ? 1 : integers ? Math.min(BINS, range + 1) : BINS;
  const counts = new Array<number>(bins).fill(0);
  const every = Math.ceil(count / MEDIAN_OF);
  const sample = new Float64Array(Math.ceil(count / every));
  let at = 0;
  for (const block of column.blocks) {
    for (const value of decodeNumbers(file.readBlock(block), block.rows).values) {
      if (!Number.isFinite(value)) continue;
      counts[range === 0 ? 0 : Math.min(bins - 1, Math.floor(((value - min) / range) * bins))]! += 1;
      if (at % every === 0) sample[at / every] = value;
      at += 1;
    }
  }
  return { kind: 'histogram', min, max, counts, mean, sd, median: medianOf(sample) };
}
