import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FilterError } from '../../shared/query/filter-error.ts';
import { longestFilter, parseFilter } from '../../shared/query/parse.ts';
import { printFilter } from '../../shared/query/print.ts';
import { expression } from './arbitraries.ts';

const printed = (text: string) => printFilter(parseFilter(text)!);

function failure(text: string): { message: string; marked: string } {
  try {
    parseFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    expect(error.code).toBe('FILTER_INVALID');
    return { message: error.message, marked: text.slice(error.from, error.to) };
  }
  throw new Error(`${text} was read`);
}

test('the example of the manual is read', () => {
  const text = `metrics.auc > 0.8 and (params.optimizer = "adam" or tags.site in ("A", "B")) and not name like "%smoke%"`;
  expect(printed(text)).toBe(text);
});

test('an empty filter is no condition', () => {
  expect(parseFilter('')).toBeNull();
  expect(parseFilter('  \n')).toBeNull();
});

test('not binds before and, and before or', () => {
  expect(parseFilter('not id = "a" and id = "b" or id = "c"')).toEqual(
    parseFilter('((not id = "a") and id = "b") or id = "c"'),
  );
  expect(printed('(id = "a" or id = "b") and id = "c"')).toBe('(id = "a" or id = "b") and id = "c"');
});

test('keywords have no case, and not may stand before in, like, between and after is', () => {
  expect(printed('NAME = "x"'.toLowerCase())).toBe('name = "x"');
  expect(printed('tags.a IS NOT Missing AND NOT tags.b In (1)')).toBe('tags.a is present and not tags.b in (1)');
  expect(printed('name not like "a%" or seed not between 1 and 3')).toBe(
    'not name like "a%" or not seed between 1 and 3',
  );
});

test('quotes and backticks are doubled inside themselves', () => {
  expect(parseFilter(`name = 'it''s "so"'`)).toEqual(parseFilter(`name = "it's ""so"""`));
  expect(parseFilter('params.`a``b c` = 1')).toEqual({
    kind: 'compare',
    field: { name: 'params', key: 'a`b c' },
    operator: '=',
    value: { kind: 'number', value: 1 },
  });
});

test('a metric suffix is an aggregate after backticks and a possible one without', () => {
  const metric = (text: string) => (parseFilter(`${text} is present`) as { field: unknown }).field;
  expect(metric('metrics.`train/loss`.min')).toEqual({
    name: 'metrics',
    key: 'train/loss',
    aggregate: 'min',
    whole: null,
  });
  expect(metric('metrics.train/loss.min')).toEqual({
    name: 'metrics',
    key: 'train/loss',
    aggregate: 'min',
    whole: 'train/loss.min',
  });
  expect(metric('metrics.`train/loss.min`')).toEqual({
    name: 'metrics',
    key: 'train/loss.min',
    aggregate: null,
    whole: null,
  });
  expect(metric('metrics.average-precision')).toMatchObject({ key: 'average-precision' });
});

test.each([
  ['metrcs.auc > 1', 'metrcs.auc', 'Did you mean metrics.auc?'],
  ['smoke', 'smoke', 'name ilike'],
  ['metrics > 1', 'metrics', 'A key must follow metrics'],
  ['metrics.', 'metrics.', 'A key must follow metrics'],
  ['params.`x', '`x', 'closing `'],
  ['name = "x', '"x', 'closing "'],
  ['name = x', 'x', 'Put text in quotes: "x".'],
  ['name == "x"', '==', 'Write = instead of =='],
  ['name = "x" && id = "y"', '&&', 'Write and'],
  ['name = "x" id = "y"', 'id', 'Put and or or between'],
  ['(name = "x"', '(', 'never closed'],
  ['name = "x")', ')', 'closes nothing'],
  ['metrics.auc > "0.8"', '"0.8"', 'without quotes'],
  ['metrics.auc = NaN', 'NaN', 'NaN satisfies no comparison'],
  ['metrics.auc like "%"', '"%"', 'like compares text'],
  ['name = 5', '5', 'name is text'],
  ['status = "done"', '"done"', 'status is one of queued'],
  ['started > 2026-02-30', '2026-02-30', 'not a date'],
  ['started > 30d', '30d', 'write -30d for so long ago'],
  ['started > yesterday', 'yesterday', 'quotes'],
  ['duration > 5x', '5x', 'neither a number nor a duration'],
  ['tags.a > true', 'true', 'no order'],
  ['seed between 1 or 2', 'or', 'between LOW and HIGH'],
  ['params.a between 1 and "b"', '"b"', 'Both bounds'],
  ['tags.a in "b"', '"b"', 'in ("A", "B")'],
  ['tags.a in ("b"', '', 'comma'],
  ['tags.a is empty', 'empty', 'is missing or is present'],
  ['name', '', 'An operator must follow'],
  ['name =', '', 'A value must follow'],
  ['seed > 1e999', '1e999', 'too large'],
  ['name = "a" ; drop', ';', 'does not belong'],
  ['0.8 < metrics.auc', '0.8', 'starts with a field'],
  [`${'('.repeat(500)}`, '(', 'nested'],
  [`${'not '.repeat(100_00)}`.slice(0, longestFilter), 'not', 'nested'],
])('%s is refused at the right place', (text, marked, message) => {
  const error = failure(text);
  expect(error.marked).toBe(marked);
  expect(error.message).toContain(message);
});

test('a filter that is too long is refused', () => {
  expect(failure(`name = "${'x'.repeat(longestFilter)}"`).message).toContain('longer than');
});

test('what is printed reads back as the same tree', () => {
  fc.assert(
    fc.property(expression, (tree) => {
      expect(parseFilter(printFilter(tree))).toEqual(tree);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('no text throws anything but the coded error, with a range inside the text', () => {
  const pieces = [
    'metrics.auc',
    'params.',
    'tags.`x`',
    '.min',
    '(',
    ')',
    ',',
    '"a"',
    "'",
    '`',
    'not',
    'and',
    'or',
    'in',
    'is',
    'like',
  ];
  const more = [
    'between',
    'missing',
    '=',
    '!=',
    '<',
    '>',
    '!',
    '-30d',
    '5',
    '1e',
    '-',
    '2026-01-01',
    '2026-13-01',
    'é',
    '😀',
    '\u0000',
    ' ',
  ];
  const soup = fc.oneof(
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((parts) => parts.join(' ')),
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(soup, (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError);
        const { from, to, message } = error as FilterError;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(message.length).toBeGreaterThan(0);
      }
    }),
    { seed: 2, numRuns: 3000 },
  );
});
