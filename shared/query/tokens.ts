import type { Aggregate, DurationUnit, Operator } from './ast.ts';
import { dateSpan } from './dates.ts';
import { aggregates } from './fields.ts';
import { FilterError } from './filter-error.ts';
import { isDurationUnit } from './units.ts';

/** `from` (inclusive) and `to` (exclusive) are positions in the text, in UTF-16 units. */
export type Token = { from: number; to: number } & (
  | { kind: 'word'; text: string }
  /** `base.key`; `quoted` when the key is in backticks, and then `suffix` may follow it. */
  | { kind: 'path'; base: string; key: string; quoted: boolean; suffix: Aggregate | null }
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'date'; text: string }
  | { kind: 'ago' | 'duration'; amount: number; unit: DurationUnit }
  | { kind: 'operator'; operator: Operator }
  | { kind: '(' | ')' | ',' }
  | { kind: 'end' }
);

const space = /\s*/y;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** What a key may hold without backticks; it neither starts nor ends with `.`, `-` or `/`. */
const bareKey = /[\p{L}\p{N}_](?:[\p{L}\p{N}_/.-]*[\p{L}\p{N}_])?/uy;
const date = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?/y;
const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const letters = /[\p{L}_]+/uy;
const operator = /<=|>=|!=|=|<|>/y;

const mistaken: [string, string][] = [
  ['==', '='],
  ['<>', '!='],
  ['=<', '<='],
  ['=>', '>='],
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
];

/** True when a key can stand without backticks. */
export const isBareKey = (key: string): boolean => matchAt(bareKey, key, 0) === key;

/** All tokens of a text, `end` last. Throws FilterError at the first character that fits nothing. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    const token = readToken(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at = token.to;
  }
}

/** The token at or after `at`. */
export function readToken(text: string, at: number): Token {
  const from = at + matchAt(space, text, at)!.length;
  const first = text[from];
  if (first === undefined) return { kind: 'end', from, to: from };
  if (first === '(' || first === ')' || first === ',') return { kind: first, from, to: from + 1 };
  if (first === '"' || first === "'") {
    const { value, to } = readQuoted(text, from);
    return { kind: 'text', value, from, to };
  }
  const name = matchAt(word, text, from);
  if (name !== null) return readWord(text, from, name);
  const day = matchAt(date, text, from);
  if (day !== null) return readDate(day, from);
  const digits = matchAt(number, text, from);
  if (digits !== null) return readNumberToken(text, from, digits);
  for (const [wrong, right] of mistaken) {
    if (text.startsWith(wrong, from) && !text.startsWith('!=', from)) {
      throw new FilterError(`Write ${right} instead of ${wrong}.`, from, from + wrong.length);
    }
  }
  const sign = matchAt(operator, text, from);
  if (sign !== null) return { kind: 'operator', operator: sign as Operator, from, to: from + sign.length };
  const strange = String.fromCodePoint(text.codePointAt(from)!);
  throw new FilterError(`The character ${strange} does not belong here.`, from, from + strange.length);
}

function readWord(text: string, from: number, name: string): Token {
  const dot = from + name.length;
  if (text[dot] !== '.') return { kind: 'word', text: name, from, to: dot };
  if (text[dot + 1] === '`') {
    const { value: key, to } = readQuoted(text, dot + 1);
    const suffix = aggregates.find((one) => matchAt(bareKey, text, to + 1) === one && text[to] === '.') ?? null;
    return { kind: 'path', base: name, key, quoted: true, suffix, from, to: suffix ? to + 1 + suffix.length : to };
  }
  const key = matchAt(bareKey, text, dot + 1);
  if (key === null) {
    throw new FilterError(`A key must follow ${name}. ; put a key with other characters in backticks.`, from, dot + 1);
  }
  return { kind: 'path', base: name, key, quoted: false, suffix: null, from, to: dot + 1 + key.length };
}

/** Text between quotes or backticks; the mark itself is written twice inside. */
function readQuoted(text: string, from: number): { value: string; to: number } {
  const mark = text[from]!;
  let value = '';
  for (let at = from + 1; ; ) {
    const close = text.indexOf(mark, at);
    if (close < 0) throw new FilterError(`The closing ${mark} is missing.`, from, text.length);
    value += text.slice(at, close);
    if (text[close + 1] !== mark) return checkKey(mark, { value, to: close + 1 }, from);
    value += mark;
    at = close + 2;
  }
}

function checkKey(mark: string, quoted: { value: string; to: number }, from: number): { value: string; to: number } {
  if (mark === '`' && quoted.value === '')
    throw new FilterError('The key between the backticks is empty.', from, quoted.to);
  return quoted;
}

function readDate(day: string, from: number): Token {
  const to = from + day.length;
  if (dateSpan(day) === null) throw new FilterError(`${day} is not a date of the calendar.`, from, to);
  return { kind: 'date', text: day, from, to };
}

function readNumberToken(text: string, from: number, digits: string): Token {
  const end = from + digits.length;
  const unit = matchAt(letters, text, end) ?? '';
  const to = end + unit.length;
  // `+ 0` turns -0 into 0, which prints as it compares.
  const value = Number(digits) + 0;
  if (!Number.isFinite(value)) throw new FilterError('This number is too large.', from, to);
  if (unit === '') return { kind: 'number', value, from, to };
  if (!isDurationUnit(unit)) {
    throw new FilterError(
      `${digits}${unit} is neither a number nor a duration such as 90s, 5m, 2h, 30d or 4w.`,
      from,
      to,
    );
  }
  return value < 0
    ? { kind: 'ago', amount: -value, unit, from, to }
    : { kind: 'duration', amount: value, unit, from, to };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
