import type { Field } from './ast.ts';
import { type Expected, expectedAt } from './expected.ts';
import { type FieldType, fieldType, keyedFields, plainFields } from './fields.ts';
import { printField, quoteText } from './print.ts';

/** What a vault holds that can be offered. */
export type Vocabulary = {
  /** Every key that exists; asked for once at most. */
  keys(): { params: string[]; metrics: string[]; tags: string[] };
  /** Values of a field that occur, the most useful first. */
  values(field: Field): (string | number | boolean)[];
};

/** `text` is to replace the characters `from` (inclusive) to `to` (exclusive). */
export type Completion = { text: string; hint: string; from: number; to: number };
type Offer = { text: string; hint: string };

const mostOffers = 50;

/** What can stand at the cursor of a filter, also of one that is not finished; those that begin as typed come first. */
export function completeFilter(filter: string, at: number, vocabulary: Vocabulary): Completion[] {
  const cursor = Math.min(at, filter.length);
  const expected = expectedAt(filter, cursor);
  const typed = filter.slice(expected.from, cursor).toLowerCase().replace(/^'/, '"');
  const offers = offersFor(expected, typed, vocabulary).filter((offer) => offer.text.toLowerCase().includes(typed));
  const begins = (offer: Offer) => offer.text.toLowerCase().startsWith(typed);
  return [...offers.filter(begins), ...offers.filter((offer) => !begins(offer))]
    .slice(0, mostOffers)
    .map((offer) => ({ ...offer, from: expected.from, to: expected.to }));
}

function offersFor(expected: Expected, typed: string, vocabulary: Vocabulary): Offer[] {
  switch (expected.what) {
    case 'condition':
      return conditionOffers(typed, vocabulary);
    case 'operator':
      return operatorOffers(expected.field === null ? 'any' : fieldType(expected.field));
    case 'state':
      return words('missing', 'present');
    case 'value':
      return expected.field === null ? [] : valueOffers(expected.field, vocabulary);
    case 'word':
      return words(...expected.words);
    case 'nothing':
      return [];
  }
}

const words = (...texts: string[]): Offer[] => texts.map((text) => ({ text, hint: '' }));

function conditionOffers(typed: string, vocabulary: Vocabulary): Offer[] {
  const plain = Object.entries(plainFields).map(([text, { hint }]) => ({ text, hint }));
  const prefixes = Object.entries(keyedFields).map(([name, { hint }]) => ({ text: `${name}.`, hint }));
  // Keys are many: they come once something is typed that they can be told by.
  return typed === ''
    ? [...plain, ...prefixes, ...words('not')]
    : [...plain, ...prefixes, ...words('not'), ...keyOffers(vocabulary)];
}

function keyOffers(vocabulary: Vocabulary): Offer[] {
  const { params, metrics, tags } = vocabulary.keys();
  const heldOut = new Set(metrics.flatMap((key) => /^(?:test|oof)\/([^/]+)$/.exec(key)?.[1] ?? []));
  return [
    ...[...heldOut].map((key) => ({ text: metricText(key), hint: 'held-out' })),
    ...metrics.filter((key) => !heldOut.has(key)).map((key) => ({ text: metricText(key), hint: 'metric' })),
    ...params.map((key) => ({ text: printField({ name: 'params', key }), hint: 'param' })),
    ...tags.map((key) => ({ text: printField({ name: 'tags', key }), hint: 'tag' })),
  ];
}

const metricText = (key: string): string => printField({ name: 'metrics', key, aggregate: null, whole: null });

function operatorOffers(type: FieldType): Offer[] {
  const ordered = words('=', '!=', '<', '<=', '>', '>=', 'between');
  const textual: Offer[] = [
    { text: 'like', hint: '% any characters, _ one' },
    { text: 'ilike', hint: 'like, whatever the case' },
  ];
  const always = words('in', 'is missing', 'is present');
  if (type === 'text') return [...words('=', '!='), ...textual, ...always];
  return type === 'any' ? [...ordered, ...textual, ...always] : [...ordered, ...always];
}

function valueOffers(field: Field, vocabulary: Vocabulary): Offer[] {
  const type = fieldType(field);
  if (type === 'time') return words('-1h', '-1d', '-7d', '-30d', '-365d');
  if (type === 'duration') return words('10s', '1m', '5m', '1h', '1d');
  const values = vocabulary.values(field).filter((value) => type !== 'text' || typeof value === 'string');
  return words(...values.map((value) => (typeof value === 'string' ? quoteText(value) : String(value))));
}
