import type { Expression, Literal } from '../../../shared/query/ast.ts';
import { filterTest, type ReadField } from '../../../shared/query/evaluate.ts';
import type { Clause, Identifier } from './clause.ts';

/**
 * A filter of the protocol as the tree that Wardbook's own filters are (shared/query): one evaluator answers both. What differs is
 * said in the tree: values are compared as they are, a text never as the number that it reads as, and NOT IN is the negation of
 * IN, which a missing value satisfies as little.
 */
export function conditionOf<F>(clauses: Clause[], fieldOf: (named: Identifier) => F): Expression<F> {
  return { kind: 'and', parts: clauses.map((clause) => treeOf(clause, fieldOf(clause))) };
}

function treeOf<F>({ operator, value }: Clause, field: F): Expression<F> {
  switch (operator) {
    case 'LIKE':
    case 'ILIKE':
      return { kind: 'like', field, pattern: String(value), ignoreCase: operator === 'ILIKE' };
    case 'IN':
      return { kind: 'in', field, values: [value].flat().map(literal) };
    case 'NOT IN':
      return { kind: 'not', part: { kind: 'in', field, values: [value].flat().map(literal) } };
    case 'IS NULL':
    case 'IS NOT NULL':
      return { kind: 'is', field, present: operator === 'IS NOT NULL' };
    default:
      // check-clause.ts gives a list to the two above alone.
      return { kind: 'compare', field, operator, value: literal(value as number | string) };
  }
}

const literal = (value: number | string): Literal =>
  typeof value === 'number' ? { kind: 'number', value } : { kind: 'text', value };

/** Whether a row satisfies every clause: never where its value is missing, nor where it is NaN. */
export function clauseTest<Row>(clauses: Clause[], read: ReadField<Identifier, Row>): (row: Row) => boolean {
  // The protocol has no moment that is relative to now.
  const test = filterTest(
    conditionOf(clauses, (named) => named),
    read,
    0,
  );
  return (row) => test(row) === true;
}
