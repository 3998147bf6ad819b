import type { Expression, Operator } from './ast.ts';
import { FilterError } from './filter-error.ts';
import { readField } from './parse-field.ts';
import { readLiteral, readPattern } from './parse-literal.ts';
import { readTokens, type Token } from './tokens.ts';

export const longestFilter = 20_000;
const deepestNesting = 100;

/**
 * Reads a filter; null for an empty one, which every run satisfies. Throws FilterError (FILTER_INVALID) with the range of
 * characters that is wrong.
 */
export function parseFilter(text: string): Expression | null {
  if (text.length > longestFilter) {
    throw new FilterError(`The filter is longer than ${longestFilter} characters.`, longestFilter, text.length);
  }
  const reader = new Reader(readTokens(text));
  if (reader.peek().kind === 'end') return null;
  const expression = readOr(reader);
  const rest = reader.peek();
  if (rest.kind === ')') throw new FilterError('This ) closes nothing.', rest.from, rest.to);
  if (rest.kind !== 'end') throw new FilterError('Put and or or between two conditions.', rest.from, rest.to);
  return expression;
}

/** A cursor over the tokens, and how deep the parentheses and nots go. */
export class Reader {
  depth = 0;
  private at = 0;
  private readonly tokens: Token[];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  peek(): Token {
    return this.tokens[this.at]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** Takes the next token when it is this keyword, whatever its case. */
  takeWord(keyword: string): boolean {
    if (!isWord(this.peek(), keyword)) return false;
    this.at++;
    return true;
  }
}

const isWord = (token: Token, keyword: string): boolean =>
  token.kind === 'word' && token.text.toLowerCase() === keyword;

function readOr(reader: Reader): Expression {
  return readChain(reader, 'or', (inner) => readChain(inner, 'and', readNot));
}

function readChain(reader: Reader, kind: 'and' | 'or', readPart: (reader: Reader) => Expression): Expression {
  const parts = [readPart(reader)];
  while (reader.takeWord(kind)) parts.push(readPart(reader));
  return parts.length === 1 ? parts[0]! : { kind, parts };
}

function readNot(reader: Reader): Expression {
  const token = reader.peek();
  if (++reader.depth > deepestNesting) {
    throw new FilterError(`The conditions are nested more than ${deepestNesting} deep.`, token.from, token.to);
  }
  const expression = readInner(reader);
  reader.depth--;
  return expression;
}

function readInner(reader: Reader): Expression {
  if (reader.takeWord('not')) return { kind: 'not', part: readNot(reader) };
  const open = reader.peek();
  if (open.kind !== '(') return readCondition(reader);
  reader.next();
  const inside = readOr(reader);
  const close = reader.next();
  if (close.kind === ')') return inside;
  if (close.kind === 'end') throw new FilterError('This ( is never closed.', open.from, open.to);
  throw new FilterError('Put and or or between two conditions, or close the parenthesis.', close.from, close.to);
}

function readCondition(reader: Reader): Expression {
  const field = readField(reader.next());
  const token = reader.next();
  if (token.kind === 'operator') {
    return {
      kind: 'compare',
      field,
      operator: token.operator,
      value: readLiteral(reader.next(), field, token.operator),
    };
  }
  if (isWord(token, 'is')) {
    const negated = reader.takeWord('not');
    const state = reader.next();
    if (isWord(state, 'missing')) return { kind: 'is', field, present: negated };
    if (isWord(state, 'present')) return { kind: 'is', field, present: !negated };
    throw new FilterError('Write is missing or is present.', state.from, state.to);
  }
  if (isWord(token, 'not')) return { kind: 'not', part: readWordCondition(reader, field, reader.next()) };
  return readWordCondition(reader, field, token);
}

function readWordCondition(reader: Reader, field: ReturnType<typeof readField>, token: Token): Expression {
  if (isWord(token, 'like') || isWord(token, 'ilike')) {
    return { kind: 'like', field, pattern: readPattern(reader.next(), field), ignoreCase: isWord(token, 'ilike') };
  }
  if (isWord(token, 'between')) {
    const low = readBound(reader, field, '>=');
    const and = reader.peek();
    if (!reader.takeWord('and')) throw new FilterError('Write between LOW and HIGH.', and.from, and.to);
    const end = reader.peek();
    const high = readBound(reader, field, '<=');
    if ((low.kind === 'text') !== (high.kind === 'text')) {
      throw new FilterError('Both bounds must be numbers, or both text in quotes.', end.from, end.to);
    }
    return { kind: 'between', field, low, high };
  }
  if (isWord(token, 'in')) return { kind: 'in', field, values: readList(reader, field) };
  throw new FilterError(
    'An operator must follow the field: = != < <= > >= between in like ilike is missing, is present.',
    token.from,
    token.to,
  );
}

const readBound = (reader: Reader, field: ReturnType<typeof readField>, operator: Operator) =>
  readLiteral(reader.next(), field, operator);

function readList(reader: Reader, field: ReturnType<typeof readField>) {
  const open = reader.next();
  if (open.kind !== '(') throw new FilterError('Write in ("A", "B").', open.from, open.to);
  const values = [readLiteral(reader.next(), field, '=')];
  for (;;) {
    const token = reader.next();
    if (token.kind === ')') return values;
    if (token.kind !== ',')
      throw new FilterError('Put a comma between two values and ) at the end.', token.from, token.to);
    values.push(readLiteral(reader.next(), field, '='));
  }
}
