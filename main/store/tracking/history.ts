import { readEveryPoint, type WantedSeries } from '../metrics/read.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** Points of a metric by time, then step, then value; steps and times are bigint where a double would not do. */
export type History = { count: number; steps: Column; times: Column; values: Float64Array };
type Column = ArrayLike<number | bigint>;

const none: History = { count: 0, steps: [], times: [], values: new Float64Array(0) };

/** An estimate is a metric with one point, at step 0 when the run ended. Empty for a metric that is not there. */
export function readHistory(db: ReadableDb, wanted: WantedSeries): History {
  const found = readEveryPoint(db, wanted);
  if (found === null) return readEstimatePoint(db, wanted);
  const { points, exact } = found;
  if (exact.length === 0) return inOrder(points.steps, points.times, points.values);
  return inOrder(
    [...points.steps, ...exact.map(({ step }) => narrow(step))],
    [...points.times, ...exact.map(({ time }) => narrow(time))],
    Float64Array.from([...points.values, ...exact.map(({ value }) => value)]),
  );
}

function readEstimatePoint(db: ReadableDb, { run, key }: WantedSeries): History {
  const row = statement(
    db,
    `SELECT e.value, coalesce(r.ended_at, r.created_at) AS time FROM estimate e JOIN run r ON r.id = e.run_id
    WHERE r.uid = ? AND e.key = ? AND e.value IS NOT NULL`,
  ).get(run, key) as { value: number; time: number } | undefined;
  return row === undefined ? none : { count: 1, steps: [0], times: [row.time], values: Float64Array.of(row.value) };
}

const narrow = (value: bigint): number | bigint =>
  BigInt.asIntN(54, value) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** How many points of a metric were ever written: it changes with every write, so that a copy in memory knows its age. */
export function writtenPoints(db: ReadableDb, { run, key }: WantedSeries): number {
  const row = statement(
    db,
    'SELECT l.count FROM latest l JOIN run r ON r.id = l.run_id WHERE r.uid = ? AND l.key = ?',
  ).get(run, key) as { count: number } | undefined;
  return row?.count ?? 0;
}

/** Sorts only what is not in order already: points mostly are. */
function inOrder(steps: Column, times: Column, values: Float64Array): History {
  const count = values.length;
  const isAfter = (a: number, b: number): boolean => compare(a, b) > 0;
  const compare = (a: number, b: number): number => {
    if (times[a] !== times[b]) return times[a]! < times[b]! ? -1 : 1;
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]! ? -1 : 1;
    const [left, right] = [values[a]!, values[b]!];
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
    return left - right || 0;
  };
  let sorted = true;
  for (let i = 1; i < count && sorted; i++) sorted = !isAfter(i - 1, i);
  if (sorted) return { count, steps, times, values };
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(compare);
  const column = (from: Column): Column => Array.from(order, (index) => from[index]!);
  return { count, steps: column(steps), times: column(times), values: Float64Array.from(order, (i) => values[i]!) };
}
