import { FilterError } from '../../../shared/query/filter-error.ts';
import { parseFilter } from '../../../shared/query/parse.ts';
import { readToken, type Token } from '../../../shared/query/tokens.ts';

/** A stretch of the filter as it is coloured; `plain` is anything the lexer could not read. */
export type Segment = { text: string; kind: 'key' | 'value' | 'sign' | 'plain'; wrong: boolean };

const signs = new Set(['and', 'or', 'not', 'in', 'between', 'like', 'ilike', 'is', 'missing', 'present']);

function kindOf(token: Token): Segment['kind'] {
  switch (token.kind) {
    case 'word':
      return signs.has(token.text.toLowerCase()) ? 'sign' : 'key';
    case 'path':
      return 'key';
    case 'operator':
    case '(':
    case ')':
    case ',':
      return 'sign';
    case 'end':
      return 'plain';
    default:
      return 'value';
  }
}

/** What is wrong with a filter and where; null when it can be read. */
export function filterProblem(text: string): { message: string; from: number; to: number } | null {
  try {
    parseFilter(text);
    return null;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { message: error.hint ? `${error.message} ${error.hint}` : error.message, from: error.from, to: error.to };
  }
}

/** The filter in coloured stretches; those between `wrong.from` and `wrong.to` are to be underlined. */
export function highlight(text: string, wrong: { from: number; to: number } | null): Segment[] {
  const pieces: { from: number; to: number; kind: Segment['kind'] }[] = [];
  let at = 0;
  while (at < text.length) {
    let token: Token;
    try {
      token = readToken(text, at);
    } catch {
      pieces.push({ from: at, to: text.length, kind: 'plain' });
      break;
    }
    if (token.from > at) pieces.push({ from: at, to: token.from, kind: 'plain' });
    if (token.kind === 'end') break;
    pieces.push({ from: token.from, to: token.to, kind: kindOf(token) });
    at = token.to;
  }
  return pieces.flatMap(({ from, to, kind }) =>
    cut(from, to, wrong).map(([a, b, bad]) => ({ text: text.slice(a, b), kind, wrong: bad })),
  );
}

/** Cuts [from, to) where the wrong range begins and ends. */
function cut(from: number, to: number, wrong: { from: number; to: number } | null): [number, number, boolean][] {
  if (!wrong || wrong.to <= from || wrong.from >= to) return [[from, to, false]];
  const parts: [number, number, boolean][] = [
    [from, Math.max(from, wrong.from), false],
    [Math.max(from, wrong.from), Math.min(to, wrong.to), true],
    [Math.min(to, wrong.to), to, false],
  ];
  return parts.filter(([a, b]) => b > a);
}
