import type { Expression, Field, Literal } from './ast.ts';
import { suffixOf } from './suffix.ts';
import { isBareKey } from './tokens.ts';

/** The text of a filter in its plainest form; `parseFilter` reads it back to an equal tree. */
export function printFilter(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.map((part) => printPart(part, expression.kind)).join(` ${expression.kind} `);
    case 'not':
      return `not ${printPart(expression.part, 'not')}`;
    case 'compare':
      return `${printField(expression.field)} ${expression.operator} ${printLiteral(expression.value)}`;
    case 'between':
      return `${printField(expression.field)} between ${printLiteral(expression.low)} and ${printLiteral(expression.high)}`;
    case 'in':
      return `${printField(expression.field)} in (${expression.values.map(printLiteral).join(', ')})`;
    case 'like':
      return `${printField(expression.field)} ${expression.ignoreCase ? 'ilike' : 'like'} ${quoteText(expression.pattern)}`;
    case 'is':
      return `${printField(expression.field)} is ${expression.present ? 'present' : 'missing'}`;
  }
}

/** `or` inside anything but itself at the top needs parentheses; `and` inside `or` does not. */
function printPart(part: Expression, within: 'and' | 'or' | 'not'): string {
  const bare = (part.kind !== 'and' && part.kind !== 'or') || (part.kind === 'and' && within === 'or');
  return bare ? printFilter(part) : `(${printFilter(part)})`;
}

export function printField(field: Field): string {
  if (field.name === 'params' || field.name === 'tags') return `${field.name}.${printKey(field.key)}`;
  if (field.name !== 'metrics') return field.name;
  if (field.whole !== null) return `metrics.${field.whole}`;
  if (field.aggregate !== null) return `metrics.${quote(field.key, '`')}.${field.aggregate}`;
  return `metrics.${suffixOf(field.key) === null ? printKey(field.key) : quote(field.key, '`')}`;
}

const printKey = (key: string): string => (isBareKey(key) ? key : quote(key, '`'));

export const quoteText = (text: string): string => quote(text, '"');

const quote = (text: string, mark: '"' | '`'): string => `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'number':
    case 'boolean':
      return String(literal.value);
    case 'text':
      return quoteText(literal.value);
    case 'date':
      return literal.text.includes(' ') ? quoteText(literal.text) : literal.text;
    case 'ago':
      return `-${literal.amount}${literal.unit}`;
    case 'duration':
      return `${literal.amount}${literal.unit}`;
  }
}
