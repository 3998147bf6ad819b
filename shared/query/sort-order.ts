import type { Field } from './ast.ts';
import { type FilterRun, fieldValue } from './field-value.ts';
import { fieldType } from './fields.ts';
import { readNumber } from './read-number.ts';
import { compareText } from './text-order.ts';

/**
 * Order of two runs by a field: numbers, then text, then NaN, then missing, in both directions; `descending` turns the order
 * among numbers and among texts only. A param or tag that reads as a number is one. 0 for equal ones.
 */
export function compareRuns(a: FilterRun, b: FilterRun, field: Field, descending: boolean): number {
  const x = sortable(field, a);
  const y = sortable(field, b);
  const byKind = kindOrder(x) - kindOrder(y);
  if (byKind !== 0) return byKind;
  const order =
    typeof x === 'number' && typeof y === 'number' && !Number.isNaN(x)
      ? Math.sign(x - y || 0)
      : typeof x === 'string' && typeof y === 'string'
        ? compareText(x, y)
        : 0;
  return descending ? -order : order;
}

function sortable(field: Field, run: FilterRun): number | string | null {
  const value = fieldValue(field, run);
  return typeof value === 'string' && fieldType(field) === 'any' ? (readNumber(value) ?? value) : value;
}

function kindOrder(value: number | string | null): number {
  if (value === null) return 3;
  if (typeof value === 'string') return 1;
  return Number.isNaN(value) ? 2 : 0;
}
