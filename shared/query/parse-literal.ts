import { runStatus } from '../model/run.ts';
import type { Field, Literal, Operator } from './ast.ts';
import { dateSpan } from './dates.ts';
import { type FieldType, fieldType } from './fields.ts';
import { FilterError } from './filter-error.ts';
import { printField } from './print.ts';
import type { Token } from './tokens.ts';

/** The value that a field is compared with. Throws FilterError when the token is no value or not one for this field. */
export function readLiteral(token: Token, field: Field, operator: Operator): Literal {
  const literal = tokenValue(token);
  const fitted = literalFor(literal, fieldType(field));
  if (typeof fitted === 'string') throw new FilterError(`${printField(field)} ${fitted}`, token.from, token.to);
  if (fitted.kind === 'boolean' && operator !== '=' && operator !== '!=') {
    throw new FilterError('true and false have no order; use = or !=.', token.from, token.to);
  }
  if (field.name === 'status' && fitted.kind === 'text' && !runStatus.options.some((one) => one === fitted.value)) {
    throw new FilterError(`status is one of ${runStatus.options.join(', ')}.`, token.from, token.to);
  }
  return fitted;
}

/** The pattern of `like` and `ilike`. */
export function readPattern(token: Token, field: Field): string {
  const type = fieldType(field);
  if (type !== 'text' && type !== 'any') {
    throw new FilterError(`like compares text, and ${printField(field)} is none.`, token.from, token.to);
  }
  if (token.kind === 'text') return token.value;
  throw new FilterError('A pattern in quotes must follow, such as "%smoke%".', token.from, token.to);
}

function tokenValue(token: Token): Literal {
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: token.value };
    case 'text':
      return { kind: 'text', value: token.value };
    case 'date':
      return { kind: 'date', text: token.text };
    case 'ago':
    case 'duration':
      return { kind: token.kind, amount: token.amount, unit: token.unit };
    case 'word': {
      const lower = token.text.toLowerCase();
      if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true' };
      if (lower === 'nan') throw new FilterError('NaN satisfies no comparison.', token.from, token.to);
      throw new FilterError(`Put text in quotes: "${token.text}".`, token.from, token.to);
    }
    default:
      throw new FilterError(
        'A value must follow: a number, text in quotes, a date or a duration.',
        token.from,
        token.to,
      );
  }
}

/** The literal as this type of field takes it, or what to tell the person, to follow the field's name. */
function literalFor(literal: Literal, type: FieldType): Literal | string {
  const { kind } = literal;
  switch (type) {
    case 'text':
      return kind === 'text' ? literal : 'is text; put the value in quotes.';
    case 'number':
      if (kind === 'number') return literal;
      return kind === 'text' ? 'is a number; write the value without quotes.' : 'is a number; compare it with one.';
    case 'duration':
      return kind === 'number' || kind === 'duration'
        ? literal
        : 'is a duration; write 90s, 5m, 2h or a number of seconds.';
    case 'time':
      if (kind === 'date' || kind === 'ago') return literal;
      if (kind === 'text' && dateSpan(literal.value) !== null) return { kind: 'date', text: literal.value };
      if (kind === 'duration') return `is a time; write -${literal.amount}${literal.unit} for so long ago.`;
      return 'is a time; write a date such as 2026-01-31 or 2026-01-31T14:00, or -30d for 30 days ago.';
    case 'any':
      return kind === 'number' || kind === 'text' || kind === 'boolean'
        ? literal
        : 'is a number or text; put dates and durations in quotes.';
  }
}
