import type { RunSummary } from '../model/run.ts';
import type { Field, MetricField } from './ast.ts';
import { metricCandidates } from './fields.ts';

/** What a filter reads of a run: its summary, and the smallest and largest value of each series. */
export type FilterRun = Pick<
  RunSummary,
  | 'id'
  | 'name'
  | 'study'
  | 'status'
  | 'startedAt'
  | 'endedAt'
  | 'engine'
  | 'recipe'
  | 'seed'
  | 'note'
  | 'dataset'
  | 'params'
  | 'tags'
  | 'metrics'
> & { extremes: Record<string, { min: number; max: number }> };

/** A run's value of a field: null when it has none. Times in milliseconds since 1970, durations in seconds. */
export function fieldValue(field: Field, run: FilterRun): number | string | null {
  switch (field.name) {
    case 'params':
      return paramValue(own(run.params, field.key));
    case 'tags':
      return own(run.tags, field.key) ?? null;
    case 'metrics':
      return metricValue(field, run);
    case 'started':
      return run.startedAt;
    case 'duration':
      return run.startedAt === null || run.endedAt === null ? null : (run.endedAt - run.startedAt) / 1000;
    case 'dataset.name':
      return run.dataset?.name ?? null;
    case 'dataset.version':
      return run.dataset?.version ?? null;
    case 'dataset.hash':
      return run.dataset?.hash ?? null;
    case 'note':
      return run.note === '' ? null : run.note;
    default:
      return run[field.name];
  }
}

function paramValue(value: string | number | boolean | undefined): number | string | null {
  return typeof value === 'boolean' ? String(value) : (value ?? null);
}

function metricValue({ key, aggregate, whole }: MetricField, run: FilterRun): number | null {
  const found = metricCandidates(key).find((candidate) => own(run.metrics, candidate) !== undefined);
  if (found === undefined)
    return whole === null ? null : metricValue({ name: 'metrics', key: whole, aggregate: null, whole: null }, run);
  const last = run.metrics[found]!;
  if (aggregate === null || aggregate === 'last') return last;
  return own(run.extremes, found)?.[aggregate] ?? last;
}

const own = <T>(record: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
