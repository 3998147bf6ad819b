import { afterEach, expect, test } from 'vitest';
import { dateSpan } from '../../shared/query/dates.ts';
import { literalSpan } from '../../shared/query/literal-value.ts';

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone;
});
const span = (text: string) => {
  const found = dateSpan(text);
  return found === null ? null : [new Date(found.from).toISOString(), found.to - found.from];
};

test('a date covers its day, a minute its minute, a second its second', () => {
  process.env.TZ = 'UTC';
  expect(span('2026-01-31')).toEqual(['2026-01-31T00:00:00.000Z', 86_400_000]);
  expect(span('2026-01-31T14:05')).toEqual(['2026-01-31T14:05:00.000Z', 60_000]);
  expect(span('2026-01-31 14:05:09')).toEqual(['2026-01-31T14:05:09.000Z', 1_000]);
  expect(span('2026-01-31T14:05:09.2')).toEqual(['2026-01-31T14:05:09.200Z', 1]);
  expect(span('0001-02-03')).toEqual(['0001-02-03T00:00:00.000Z', 86_400_000]);
});

test('without a zone it is local time, days of 23 and 25 hours included', () => {
  process.env.TZ = 'Europe/Berlin';
  expect(span('2026-01-31')).toEqual(['2026-01-30T23:00:00.000Z', 86_400_000]);
  expect(span('2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', 23 * 3_600_000]);
  expect(span('2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', 25 * 3_600_000]);
  expect(span('2026-01-31T14:05Z')).toEqual(['2026-01-31T14:05:00.000Z', 60_000]);
  expect(span('2026-01-31T14:05-05:30')).toEqual(['2026-01-31T19:35:00.000Z', 60_000]);
});

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-01',
  '2026-01-00',
  '2026-01-01T24:00',
  '2026-01-01T10:60',
  '2026-01-01T10:00+24:00',
  '2026-1-1',
  '',
  'today',
])('%s is no date', (text) => {
  expect(dateSpan(text)).toBeNull();
});

test('a relative date is so long before now, to the millisecond', () => {
  const now = Date.UTC(2026, 2, 15);
  expect(literalSpan({ kind: 'ago', amount: 1.5, unit: 'd' }, now)).toEqual({
    from: now - 129_600_000,
    to: now - 129_600_000 + 1,
  });
});
