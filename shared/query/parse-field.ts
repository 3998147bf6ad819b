import type { Aggregate, Field, MetricField, PlainName } from './ast.ts';
import { closestWord } from './closest-word.ts';
import { keyedFields, plainFields } from './fields.ts';
import { FilterError } from './filter-error.ts';
import { suffixOf } from './suffix.ts';
import { readToken, type Token } from './tokens.ts';

/** The field that a token names. Throws FilterError when it names none. */
export function readField(token: Token): Field {
  if (token.kind === 'end')
    throw new FilterError('A condition is missing here, such as metrics.auc > 0.8.', token.from, token.to);
  if (token.kind !== 'word' && token.kind !== 'path') {
    throw new FilterError(
      'A condition starts with a field, such as metrics.auc, params.seed or status.',
      token.from,
      token.to,
    );
  }
  const name = token.kind === 'word' ? token.text : `${token.base}.${token.key}`;
  if (isPlainName(name) && !(token.kind === 'path' && token.quoted)) return { name };
  if (token.kind === 'path') {
    const { base, key } = token;
    if (base === 'metrics') return token.quoted ? quotedMetric(key, token.suffix) : bareMetric(key);
    if ((base === 'params' || base === 'tags') && token.suffix === null) return { name: base, key };
  }
  throw unknownField(token, name);
}

/** A field alone: the key that a table is sorted or grouped by. Throws FilterError. */
export function parseField(text: string): Field {
  const token = readToken(text, 0);
  const field = readField(token);
  const rest = readToken(text, token.to);
  if (rest.kind !== 'end') throw new FilterError('One field is wanted here, nothing after it.', rest.from, text.length);
  return field;
}

const isPlainName = (name: string): name is PlainName => Object.hasOwn(plainFields, name);

const quotedMetric = (key: string, aggregate: Aggregate | null): MetricField => ({
  name: 'metrics',
  key,
  aggregate,
  whole: null,
});

function bareMetric(whole: string): MetricField {
  const aggregate = suffixOf(whole);
  if (aggregate === null) return { name: 'metrics', key: whole, aggregate: null, whole: null };
  return { name: 'metrics', key: whole.slice(0, -aggregate.length - 1), aggregate, whole };
}

function unknownField(token: Token & { kind: 'word' | 'path' }, name: string): FilterError {
  const { from, to } = token;
  if (token.kind === 'word' && Object.hasOwn(keyedFields, name)) {
    return new FilterError(
      `A key must follow ${name}, such as ${name}.${name === 'metrics' ? 'auc' : 'site'}.`,
      from,
      to,
    );
  }
  const known = [...Object.keys(plainFields), ...Object.keys(keyedFields)];
  const base = token.kind === 'path' ? token.base : name;
  const near = closestWord(name, known) ?? closestWord(base, known);
  const meant =
    near === null
      ? `Fields are ${Object.keys(plainFields).join(', ')}, params.…, metrics.… and tags.…; to search names write name ilike "%…%".`
      : token.kind === 'path' && near in keyedFields
        ? `Did you mean ${near}.${token.key}?`
        : `Did you mean ${near}?`;
  return new FilterError(`There is no field ${name}. ${meant}`, from, to);
}
