import type { Expression, Field, Literal, Operator } from './ast.ts';
import { type FilterRun, fieldValue } from './field-value.ts';
import { matchesIlike, matchesLike } from './like.ts';
import { literalNumber, literalSpan } from './literal-value.ts';
import { readNumber } from './read-number.ts';
import { compareText } from './text-order.ts';

/**
 * True when a run satisfies a filter, null when it cannot be said because a value is missing: then neither the condition nor
 * its negation holds, as in SQL. `now` in milliseconds since 1970. The reference that the compiled SQL is tested against.
 */
export function evaluateFilter(expression: Expression, run: FilterRun, now: number): boolean | null {
  switch (expression.kind) {
    case 'and':
      return anyOf(expression.parts, false, run, now);
    case 'or':
      return anyOf(expression.parts, true, run, now);
    case 'not': {
      const inner = evaluateFilter(expression.part, run, now);
      return inner === null ? null : !inner;
    }
    case 'is':
      return (fieldValue(expression.field, run) !== null) === expression.present;
    case 'compare':
      return onValue(expression.field, run, (value) => holds(value, expression.operator, expression.value, now));
    case 'between':
      return onValue(
        expression.field,
        run,
        (value) => holds(value, '>=', expression.low, now) && holds(value, '<=', expression.high, now),
      );
    case 'in':
      return onValue(expression.field, run, (value) => expression.values.some((one) => holds(value, '=', one, now)));
    case 'like': {
      const matches = expression.ignoreCase ? matchesIlike : matchesLike;
      return onValue(expression.field, run, (value) => matches(String(value), expression.pattern));
    }
  }
}

/** `wanted` when any part is that, null when none is but one cannot be said, else the opposite. */
function anyOf(parts: Expression[], wanted: boolean, run: FilterRun, now: number): boolean | null {
  let result: boolean | null = !wanted;
  for (const part of parts) {
    const one = evaluateFilter(part, run, now);
    if (one === wanted) return wanted;
    if (one === null) result = null;
  }
  return result;
}

function onValue(field: Field, run: FilterRun, test: (value: number | string) => boolean): boolean | null {
  const value = fieldValue(field, run);
  if (value === null) return null;
  return Number.isNaN(value) ? false : test(value);
}

/** One comparison of a present value that is not NaN. A text that is no number differs from every number and has no order. */
function holds(value: number | string, operator: Operator, literal: Literal, now: number): boolean {
  const span = literalSpan(literal, now);
  if (span !== null) {
    const time = Number(value);
    return ordered(operator, time < span.from ? -1 : time >= span.to ? 1 : 0);
  }
  const number = literalNumber(literal);
  if (number !== null) {
    const left = typeof value === 'number' ? value : readNumber(value);
    return left === null ? operator === '!=' : ordered(operator, left < number ? -1 : left > number ? 1 : 0);
  }
  if (literal.kind === 'boolean') {
    return ordered(operator, String(value).toLowerCase() === String(literal.value) ? 0 : 1);
  }
  return ordered(operator, compareText(String(value), literal.kind === 'text' ? literal.value : ''));
}

function ordered(operator: Operator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
