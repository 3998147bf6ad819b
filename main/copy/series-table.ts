import { readWholeSeries } from '../store/metrics/read.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { Table } from './table.ts';

/** Every point of these series of a run, one series after the other; null when there is none. */
export function seriesTable({ db }: ReadableVault, id: string, keys: readonly string[]): Table | null {
  const all = keys.map((key) => readWholeSeries(db, id, key));
  const length = all.reduce((sum, { steps }) => sum + steps.length, 0);
  if (length === 0) return null;
  const names: string[] = new Array(length);
  const steps = new Float64Array(length);
  const times = new Float64Array(length);
  const values = new Float64Array(length);
  let at = 0;
  for (const series of all) {
    names.fill(series.key, at, at + series.steps.length);
    steps.set(series.steps, at);
    times.set(series.times, at);
    values.set(series.values, at);
    at += series.steps.length;
  }
  return [
    { name: 'key', data: names, type: 'STRING' },
    { name: 'step', data: steps, type: 'INT64' },
    { name: 'time', data: times, type: 'INT64' },
    { name: 'value', data: values, type: 'DOUBLE' },
  ];
}
