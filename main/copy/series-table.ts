import { readEveryPoint } from '../store/metrics/read.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { Table } from './table.ts';

type Integer = number | bigint;

/** Every point of these series of a run, one series after the other; null when there is none. */
export function seriesTable({ db }: ReadableVault, run: string, keys: readonly string[]): Table | null {
  const all = keys.map((key) => ({ key, ...everyPoint(db, run, key) }));
  const length = all.reduce((sum, { steps }) => sum + steps.length, 0);
  if (length === 0) return null;
  const names: string[] = new Array(length);
  const steps: Integer[] = new Array(length);
  const times: Integer[] = new Array(length);
  const values = new Float64Array(length);
  let at = 0;
  for (const series of all) {
    for (let i = 0; i < series.steps.length; i++, at++) {
      names[at] = series.key;
      steps[at] = series.steps[i]!;
      times[at] = series.times[i]!;
      values[at] = series.values[i]!;
    }
  }
  return [
    { name: 'key', data: names, type: 'STRING' },
    { name: 'step', data: steps, type: 'INT64' },
    { name: 'time', data: times, type: 'INT64' },
    { name: 'value', data: values, type: 'DOUBLE' },
  ];
}

/** In the order of steps, then times; those that a double cannot hold among the others. */
function everyPoint(db: ReadableVault['db'], run: string, key: string) {
  const found = readEveryPoint(db, { run, key });
  if (found === null) return { steps: [], times: [], values: [] };
  const { points, exact } = found;
  if (exact.length === 0) return points;
  const rows = exact.map(({ step, time, value }): [Integer, Integer, number] => [step, time, value]);
  for (let i = 0; i < points.steps.length; i++) rows.push([points.steps[i]!, points.times[i]!, points.values[i]!]);
  // Numbers and bigints compare by their exact values.
  const by = (a: Integer, b: Integer): number => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => by(a[0], b[0]) || by(a[1], b[1]) || a[2] - b[2]);
  return { steps: rows.map(([step]) => step), times: rows.map(([, time]) => time), values: rows.map((row) => row[2]) };
}
