import type { FieldValue } from '../../../shared/query/evaluate.ts';
import { compareValues } from '../../../shared/query/sort-order.ts';
import { invalid } from '../mlflow-error.ts';
import { checkClause } from '../search/check-clause.ts';
import { type Identifier, parseClauses, parseOrder } from '../search/clause.ts';
import { clauseTest } from '../search/condition.ts';

/** What a field of a row is compared as. Tags are texts under `tags.KEY`. */
export type Field<T> = { kind: 'text' | 'number'; read(row: T): FieldValue };
export type Fields<T> = { fields: Record<string, Field<T>>; tags(row: T): Record<string, string> };

/**
 * Rows that a filter admits, in the grammar of runs: texts take `= != LIKE ILIKE`, and but for tags IN, numbers `= != < <= > >=`. A
 * row without the field never matches. Throws INVALID_PARAMETER_VALUE.
 */
export function filterRows<T>(rows: readonly T[], filter: string, of: Fields<T>): T[] {
  const clauses = parseClauses(filter).map((clause) => {
    if (clause.entity === 'tag') return checkClause(clause, 'text', null);
    const { kind } = fieldOf(clause, of);
    return checkClause(clause, kind, kind === 'text' ? 'list' : null);
  });
  return rows.filter(
    clauseTest<T>(clauses, (named) => {
      if (named.entity !== 'tag') return fieldOf(named, of).read;
      return (row) => {
        const tags = of.tags(row);
        return Object.hasOwn(tags, named.key) ? tags[named.key] : undefined;
      };
    }),
  );
}

/** Rows by `FIELD [ASC|DESC]` in order; equal ones as they stood. Throws INVALID_PARAMETER_VALUE. */
export function sortRows<T>(rows: readonly T[], orderBy: readonly string[], of: Fields<T>): T[] {
  const keys = orderBy.map((text) => {
    const order = parseOrder(text);
    return { ...order, read: fieldOf(order, of).read };
  });
  const repeated = keys.find(({ key }, at) => keys.findIndex((one) => one.key === key) !== at);
  if (repeated !== undefined) throw invalid(`Invalid order_by: it contains the field ${repeated.key} more than once.`);
  return [...rows].sort((a, b) => {
    for (const { read, descending } of keys) {
      const order = compareValues(read(a), read(b), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function fieldOf<T>({ entity, key }: Identifier, { fields }: Fields<T>): Field<T> {
  const field = entity === 'attribute' && Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field !== undefined) return field;
  const known = Object.keys(fields).join(', ');
  throw invalid(`Invalid attribute key '${key.slice(0, 100)}' specified. Valid keys are ${known}.`);
}

/** One page of rows, with the token of the next one where there are more. Throws INVALID_PARAMETER_VALUE. */
export function pageOf<T>(rows: readonly T[], size: number, token: string | undefined): { rows: T[]; next?: string } {
  const from = token === undefined || token === '' ? 0 : offsetOf(token);
  const next = from + size;
  const page = rows.slice(from, next);
  return next < rows.length ? { rows: page, next: tokenOf(next) } : { rows: page };
}

const tokenOf = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64');

function offsetOf(token: string): number {
  const [, offset] = /^\{"offset": ?(\d{1,9})\}$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (offset === undefined) throw invalid('Invalid page token');
  return Number(offset);
}
