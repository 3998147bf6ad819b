import type { Field } from './ast.ts';
import type { FieldValue } from './evaluate.ts';
import { type FilterRun, fieldValue } from './field-value.ts';
import { fieldType } from './fields.ts';
import { readNumber } from './read-number.ts';
import { compareText } from './text-order.ts';

/** As `compareValues` of a field's values; a param or tag that reads as a number is one. */
export const compareRuns = (a: FilterRun, b: FilterRun, field: Field, descending: boolean): number =>
  compareValues(sortable(field, a), sortable(field, b), descending);

function sortable(field: Field, run: FilterRun): FieldValue {
  const value = fieldValue(field, run);
  return typeof value === 'string' && fieldType(field) === 'any' ? (readNumber(value) ?? value) : value;
}

/**
 * The order of every list that is sorted by a field: numbers, then text by code point, then NaN, then missing, in both directions;
 * `descending` turns the order among numbers and among texts only. 0 for equal ones.
 */
export function compareValues(a: FieldValue, b: FieldValue, descending: boolean): number {
  const kind = kindOf(a);
  const byKind = kind - kindOf(b);
  if (byKind !== 0) return byKind;
  if (kind > 1 || a === b) return 0;
  const order = kind === 0 ? (a as number) - (b as number) : compareText(a as string, b as string);
  return descending ? -order : order;
}

function kindOf(value: FieldValue): number {
  if (value === null || value === undefined) return 3;
  if (typeof value === 'string') return 1;
  return Number.isNaN(value) ? 2 : 0;
}
