import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeFilter, type Vocabulary } from '../../shared/query/complete.ts';

const vocabulary: Vocabulary = {
  keys: () => ({ params: ['optimizer', 'odd key'], metrics: ['test/auc', 'train/loss'], tags: ['site'] }),
  values: (field) =>
    field.name === 'status' ? ['finished', 'failed'] : field.name === 'params' ? ['adam', 0.1, true] : [],
};

/** Offers at the place of the bar, as texts. */
function offers(marked: string): string[] {
  const at = marked.indexOf('|');
  return completeFilter(marked.replace('|', ''), at, vocabulary).map((one) => one.text);
}

/** The filter after taking the first offer. */
function completed(marked: string): string {
  const at = marked.indexOf('|');
  const filter = marked.replace('|', '');
  const [first] = completeFilter(filter, at, vocabulary);
  return filter.slice(0, first!.from) + first!.text + filter.slice(first!.to);
}

test('fields come first, keys once something is typed', () => {
  expect(offers('|')).toEqual(expect.arrayContaining(['status', 'params.', 'not']));
  expect(offers('|')).not.toContain('metrics.auc');
  expect(offers('au|')).toEqual(['metrics.auc', 'metrics.test/auc']);
  expect(offers('params.|')).toEqual(['params.', 'params.optimizer', 'params.`odd key`']);
});

test('the whole word under the cursor is replaced', () => {
  expect(completed('sta|')).toBe('status');
  expect(completed('opt| = "adam"')).toBe('params.optimizer = "adam"');
  expect(completed('status = fin|ished and')).toBe('status = "finished" and');
  expect(completed('status = "fi|')).toBe('status = "finished"');
  expect(completed(`status = 'fi|`)).toBe('status = "finished"');
  expect(completed('params.`odd|')).toBe('params.`odd key`');
});

test('what follows a field, an operator and a value depends on them', () => {
  expect(offers('metrics.auc |')).toEqual(expect.arrayContaining(['>', 'between', 'is missing']));
  expect(offers('metrics.auc |')).not.toContain('like');
  expect(offers('name |')).toContain('ilike');
  expect(offers('name is |')).toEqual(['missing', 'present']);
  expect(offers('params.optimizer = |')).toEqual(['"adam"', '0.1', 'true']);
  expect(offers('started > |')).toContain('-30d');
  expect(offers('duration < |')).toContain('5m');
  expect(offers('status in |')).toEqual(['(']);
  expect(offers('status in ("failed" |')).toEqual([',', ')']);
  expect(offers('status in ("failed", |')).toEqual(['"finished"', '"failed"']);
  expect(offers('seed between 1 |')).toEqual(['and']);
  expect(offers('seed = 1 |')).toEqual(['and', 'or']);
  expect(offers('(not seed = 1 |')).toEqual(['and', 'or', ')']);
  expect(offers('seed = 1 and |')).toContain('status');
  expect(offers('seed = 1|')).toEqual([]);
});

test('no text and no place throws, and every range lies in the text around the cursor', () => {
  const pieces = [
    'metrics.',
    'auc',
    '`',
    '"',
    "'",
    '(',
    ')',
    ' ',
    'in',
    'not',
    'between',
    '1',
    '=',
    '-',
    'status',
    'é',
    ',',
  ];
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(soup, fc.nat(40), (filter, at) => {
      for (const { from, to } of completeFilter(filter, at, vocabulary)) {
        expect(from).toBeLessThanOrEqual(Math.min(at, filter.length));
        expect(to).toBeGreaterThanOrEqual(Math.min(at, filter.length));
        expect(to).toBeLessThanOrEqual(filter.length);
      }
    }),
    { seed: 5, numRuns: 2000 },
  );
});
