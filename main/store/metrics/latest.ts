import type { WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import type { BatchSeries } from './batch.ts';
import { finiteRange } from './chunk.ts';

/** `latest.kind`: what the last value is when SQLite cannot hold it as a number that sorts. */
export const valueKind = { finite: 0, nan: 1, infinity: 2, minusInfinity: 3 } as const;

export const kindOf = (value: number): number => {
  if (Number.isFinite(value)) return valueKind.finite;
  if (Number.isNaN(value)) return valueKind.nan;
  return value > 0 ? valueKind.infinity : valueKind.minusInfinity;
};

/** The number a row of `latest` stands for. */
export function latestValue(row: { last: number | null; kind: number }): number {
  if (row.kind === valueKind.infinity) return Number.POSITIVE_INFINITY;
  if (row.kind === valueKind.minusInfinity) return Number.NEGATIVE_INFINITY;
  return row.last ?? Number.NaN;
}

/**
 * Brings the latest value up to date with a batch: that of the highest step, and of two writes of one step the later one; where
 * every point counts, the highest by step, then time, then value. `min` and `max` are over finite values, and `count` over all
 * points ever written, a step written twice included; where every point counts, one call of one point that is sent again is not.
 */
export function updateLatest(
  db: WritableDb,
  runPk: number,
  key: string,
  batch: BatchSeries,
  everyPoint: boolean,
): void {
  const { steps, values, times } = batch;
  let top = 0;
  for (let i = 1; i < steps.length; i++) {
    if (everyPoint ? isHigher(batch, i, top) : steps[i]! >= steps[top]!) top = i;
  }
  const range = finiteRange(values);
  updateLatestRow(db, everyPoint, {
    runPk,
    key,
    value: values[top]!,
    min: range?.min ?? null,
    max: range?.max ?? null,
    step: BigInt(steps[top]!),
    time: BigInt(times[top]!),
    count: steps.length,
  });
}

export type LatestRow = {
  runPk: number;
  key: string;
  value: number;
  min: number | null;
  max: number | null;
  step: bigint;
  time: bigint;
  count: number;
};

/** As `updateLatest`, for a batch of which the highest point is known. */
export function updateLatestRow(db: WritableDb, everyPoint: boolean, row: LatestRow): void {
  const kind = kindOf(row.value);
  statement(db, everyPoint ? upsertHighest : upsertLast).run(
    row.runPk,
    row.key,
    kind === valueKind.finite ? row.value : null,
    kind,
    row.min,
    row.max,
    row.step,
    row.time,
    row.count,
  );
}

/** By step, time and value; a number is higher than NaN. */
function isHigher({ steps, values, times }: BatchSeries, a: number, b: number): boolean {
  if (steps[a] !== steps[b]) return steps[a]! > steps[b]!;
  if (times[a] !== times[b]) return times[a]! > times[b]!;
  return values[a]! > values[b]! || (Number.isNaN(values[b]!) && !Number.isNaN(values[a]!));
}

/** `repeated` is 1 where the highest point of the batch is the latest one once more: a call that was sent again. */
const upsert = (isNewer: string, repeated: string): string =>
  `INSERT INTO latest (run_id, key, last, kind, min, max, step, time, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (run_id, key) DO UPDATE SET
    last = iif(${isNewer}, excluded.last, last),
    kind = iif(${isNewer}, excluded.kind, kind),
    time = iif(${isNewer}, excluded.time, time),
    step = max(step, excluded.step),
    min = coalesce(min(min, excluded.min), min, excluded.min),
    max = coalesce(max(max, excluded.max), max, excluded.max),
    count = count + excluded.count - ${repeated}`;

const upsertLast = upsert('excluded.step >= step', '0');
/** Row values: step, time, then any number before NaN, then the value. */
const place = (row: string): string =>
  `(${row}.step, ${row}.time, ${row}.kind <> 1,
    CASE ${row}.kind WHEN 2 THEN 9e999 WHEN 3 THEN -9e999 ELSE coalesce(${row}.last, 0) END)`;
const upsertHighest = upsert(
  `${place('excluded')} > ${place('latest')}`,
  `(${place('excluded')} = ${place('latest')})`,
);
