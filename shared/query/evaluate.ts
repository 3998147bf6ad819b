import type { Condition, Expression, Literal, Operator } from './ast.ts';
import { matchesIlike, matchesLike } from './like.ts';
import { literalNumber, literalSpan } from './literal-value.ts';
import { readNumber } from './read-number.ts';
import { compareText } from './text-order.ts';

/** A value of a row; null or undefined when the row has none. */
export type FieldValue = number | string | null | undefined;
/** How a field is read from a row; asked once per condition, so that a column is looked up once. */
export type ReadField<F, Row> = (field: F) => (row: Row) => FieldValue;
/** True when a row satisfies a filter, null when it cannot be said because a value is missing. */
export type FilterTest<Row> = (row: Row) => boolean | null;

/**
 * The evaluator of every grammar: a tree made ready to be asked of many rows. Where a value is missing neither a condition nor its
 * negation holds, as in SQL; NaN is present and satisfies no condition. `now` in milliseconds since 1970. The store's SQL
 * (main/store/filter-sql.ts) is tested against it.
 */
export function filterTest<F, Row>(expression: Expression<F>, read: ReadField<F, Row>, now: number): FilterTest<Row> {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return anyOf(
        expression.parts.map((part) => filterTest(part, read, now)),
        expression.kind === 'or',
      );
    case 'not': {
      const inner = filterTest(expression.part, read, now);
      return (row) => {
        const holds = inner(row);
        return holds === null ? null : !holds;
      };
    }
    case 'is': {
      const value = read(expression.field);
      return (row) => ((value(row) ?? null) !== null) === expression.present;
    }
    default: {
      const value = read(expression.field);
      const test = valueTest(expression, now);
      return (row) => {
        const own = value(row);
        if (own === null || own === undefined) return null;
        return Number.isNaN(own) ? false : test(own);
      };
    }
  }
}

/** `wanted` when any part is that, null when none is but one cannot be said, else the opposite. */
function anyOf<Row>(parts: FilterTest<Row>[], wanted: boolean): FilterTest<Row> {
  if (parts.length === 1) return parts[0]!;
  return (row) => {
    let result: boolean | null = !wanted;
    for (const part of parts) {
      const one = part(row);
      if (one === wanted) return wanted;
      if (one === null) result = null;
    }
    return result;
  };
}

type ValueTest = (value: number | string) => boolean;

/** What is asked of a present value that is not NaN. */
function valueTest<F>(condition: Condition<F>, now: number): ValueTest {
  switch (condition.kind) {
    case 'compare':
      return comparison(condition.operator, condition.value, now);
    case 'between': {
      const [low, high] = [comparison('>=', condition.low, now), comparison('<=', condition.high, now)];
      return (value) => low(value) && high(value);
    }
    case 'in': {
      const texts = new Set(condition.values.flatMap((one) => (one.kind === 'text' ? [one.value] : [])));
      const others = condition.values.filter(({ kind }) => kind !== 'text').map((one) => comparison('=', one, now));
      return (value) => texts.has(String(value)) || others.some((test) => test(value));
    }
    case 'like': {
      const { pattern, ignoreCase } = condition;
      const matches = ignoreCase ? matchesIlike : matchesLike;
      return (value) => matches(String(value), pattern);
    }
  }
}

/** A text that is no number differs from every number and has no order. */
function comparison(operator: Operator, literal: Literal, now: number): ValueTest {
  const span = literalSpan(literal, now);
  if (span !== null) {
    const holds = ofOrder[operator];
    return (value) => {
      const time = Number(value);
      return holds(time < span.from ? -1 : time >= span.to ? 1 : 0);
    };
  }
  const number = literalNumber(literal);
  if (number !== null) {
    const holds = ofNumbers[operator];
    return (value) => {
      const left = typeof value === 'number' ? value : readNumber(value);
      return left === null ? operator === '!=' : holds(left, number);
    };
  }
  if (literal.kind === 'boolean') {
    const wanted = String(literal.value);
    const holds = ofOrder[operator];
    return (value) => holds(String(value).toLowerCase() === wanted ? 0 : 1);
  }
  const text = literal.kind === 'text' ? literal.value : '';
  if (operator === '=') return (value) => String(value) === text;
  if (operator === '!=') return (value) => String(value) !== text;
  const holds = ofOrder[operator];
  return (value) => holds(compareText(String(value), text));
}

const ofNumbers: Record<Operator, (left: number, right: number) => boolean> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const ofOrder: Record<Operator, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};
