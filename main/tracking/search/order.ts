import { compareValues } from '../../../shared/query/sort-order.ts';
import type { ColumnValue, RunBase } from '../../store/tracking/columns.ts';

/** What a run is ordered by: its values in the order_by columns, then the newest start, then the id. */
export type OrderKey = { values: ColumnValue[]; started: number; id: string };

/** By values, then by start. */
export function compareKeys(a: OrderKey, b: OrderKey, descending: boolean[]): number {
  for (let i = 0; i < descending.length; i++) {
    const order = compareValues(a.values[i], b.values[i], descending[i]!);
    if (order !== 0) return order;
  }
  return byStart(a, b);
}

export function byStart(a: Pick<RunBase, 'started' | 'id'>, b: Pick<RunBase, 'started' | 'id'>): number {
  return b.started - a.started || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** As JSON that keeps NaN and infinities. */
export const keyJson = ({ values, started, id }: OrderKey): unknown => [
  values.map((value) => (typeof value === 'number' ? [String(value)] : (value ?? null))),
  started,
  id,
];

/** Null when it is no such key for this number of columns. */
export function keyOf(json: unknown, columns: number): OrderKey | null {
  if (!Array.isArray(json)) return null;
  const [values, started, id] = json as unknown[];
  if (!Array.isArray(values) || values.length !== columns || typeof started !== 'number' || typeof id !== 'string') {
    return null;
  }
  return { values: values.map((one) => (Array.isArray(one) ? Number(one[0]) : (one ?? undefined))), started, id };
}
