import type { Field } from './ast.ts';
import { FilterError } from './filter-error.ts';
import { readField } from './parse-field.ts';
import { readToken, type Token } from './tokens.ts';

/** What the grammar wants at a place, and the characters there that a completion would replace. */
export type Expected = { from: number; to: number } & (
  | { what: 'condition' | 'state' | 'nothing' }
  | { what: 'operator' | 'value'; field: Field | null }
  | { what: 'word'; words: string[] }
);

/** Where a reading of the tokens before the cursor stands. */
type State =
  | { at: 'condition' | 'connector' }
  | { at: 'operator' | 'is' | 'open' | 'and'; field: Field | null }
  | { at: 'value'; field: Field | null; next: 'connector' | 'and' | 'list' }
  | { at: 'list'; field: Field | null };

/** Reads the part before the cursor, forgiving, and says what may follow there. */
export function expectedAt(filter: string, cursor: number): Expected {
  const { tokens, from, inside } = tokensBefore(filter, cursor);
  let state: State = { at: 'condition' };
  let open = 0;
  for (const token of tokens) {
    const before: State = state;
    state = after(before, token);
    if (before.at === 'condition' && token.kind === '(') open++;
    if (before.at === 'connector' && token.kind === ')') open--;
  }
  const range = { from, to: endOfToken(filter, from, cursor) };
  if (inside) return { what: 'nothing', ...range };
  switch (state.at) {
    case 'condition':
      return { what: 'condition', ...range };
    case 'operator':
      return { what: 'operator', field: state.field, ...range };
    case 'value':
      return { what: 'value', field: state.field, ...range };
    case 'is':
      return { what: 'state', ...range };
    case 'open':
      return { what: 'word', words: ['('], ...range };
    case 'and':
      return { what: 'word', words: ['and'], ...range };
    case 'list':
      return { what: 'word', words: [',', ')'], ...range };
    case 'connector':
      return { what: 'word', words: open > 0 ? ['and', 'or', ')'] : ['and', 'or'], ...range };
  }
}

/**
 * The tokens that end before the cursor; `from` is where the unfinished one at the cursor begins. `inside`: the cursor is at the
 * end of a number or a date, where nothing is to be offered.
 */
function tokensBefore(filter: string, cursor: number): { tokens: Token[]; from: number; inside: boolean } {
  const text = filter.slice(0, cursor);
  const tokens: Token[] = [];
  try {
    for (let at = 0; ; ) {
      const token = readToken(text, at);
      if (token.kind === 'end') return { tokens, from: cursor, inside: false };
      if (token.to === cursor && (token.kind === 'word' || token.kind === 'path' || token.kind === 'operator')) {
        return { tokens, from: token.from, inside: false };
      }
      if (
        token.to === cursor &&
        (token.kind === 'number' || token.kind === 'date' || token.kind === 'ago' || token.kind === 'duration')
      ) {
        return { tokens, from: token.from, inside: true };
      }
      tokens.push(token);
      at = token.to;
    }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { tokens, from: keyStart(text, error.from), inside: false };
  }
}

/** An open backtick belongs to the field before it: `params.` and the key so far are replaced together. */
function keyStart(text: string, from: number): number {
  const base = text[from] === '`' ? /[\p{L}_][\p{L}\p{N}_]*\.$/u.exec(text.slice(0, from)) : null;
  return base === null ? from : from - base[0].length;
}

/** The rest of the word under the cursor is replaced too. */
function endOfToken(filter: string, from: number, cursor: number): number {
  if (from === cursor) return cursor;
  try {
    const token = readToken(filter, from);
    return token.from === from && token.to > cursor ? token.to : cursor;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return cursor;
  }
}

const wordOf = (token: Token): string => (token.kind === 'word' ? token.text.toLowerCase() : '');

function after(state: State, token: Token): State {
  const word = wordOf(token);
  switch (state.at) {
    case 'condition':
      return token.kind === 'word' || token.kind === 'path'
        ? word === 'not'
          ? state
          : { at: 'operator', field: fieldOf(token) }
        : state;
    case 'operator':
      if (word === 'not') return state;
      if (word === 'is') return { at: 'is', field: state.field };
      if (word === 'in') return { at: 'open', field: state.field };
      return { at: 'value', field: state.field, next: word === 'between' ? 'and' : 'connector' };
    case 'is':
      return word === 'not' ? state : { at: 'connector' };
    case 'open':
      return { at: 'value', field: state.field, next: 'list' };
    case 'value':
      return state.next === 'connector' ? { at: 'connector' } : { at: state.next, field: state.field };
    case 'and':
      return { at: 'value', field: state.field, next: 'connector' };
    case 'list':
      return token.kind === ',' ? { at: 'value', field: state.field, next: 'list' } : { at: 'connector' };
    case 'connector':
      return word === 'and' || word === 'or' ? { at: 'condition' } : state;
  }
}

function fieldOf(token: Token): Field | null {
  try {
    return readField(token);
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}
