import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planIntegers, readIntegers, writeIntegers } from '../../../main/store/metrics/integers.ts';

function roundTrip(numbers: number[]): { back: number[]; bytes: number } {
  const column = Float64Array.from(numbers);
  const plan = planIntegers(column);
  const buffer = new ArrayBuffer(8 + plan.bytes);
  writeIntegers(column, plan, buffer, 8);
  const out = new Float64Array(column.length);
  expect(readIntegers(buffer, 8, out)).toBe(8 + plan.bytes);
  return { back: [...out], bytes: plan.bytes };
}

const whole = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.maxSafeInteger(),
  fc.constantFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
);
const stretch = fc
  .record({ start: whole, stride: whole, count: fc.nat(40) })
  .map(({ start, stride, count }) =>
    Array.from({ length: count }, (_, i) => start + i * stride).filter(Number.isSafeInteger),
  );

test('every column of whole numbers comes back as it was, in a multiple of 8 bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.array(whole, { maxLength: 20 }), stretch), { maxLength: 4 }), (parts) => {
      const numbers = parts.flat();
      const { back, bytes } = roundTrip(numbers);
      expect(back).toEqual(numbers.map((value) => value + 0));
      expect(bytes % 8).toBe(0);
    }),
    { seed: 99, numRuns: 500 },
  );
});

test.each([
  ['steps one after the other', Array.from({ length: 4096 }, (_, i) => 7 + i), 24],
  ['one time for all', Array.from({ length: 4096 }, () => 1_760_000_000_000), 24],
  [
    'one time per batch',
    Array.from({ length: 4096 }, (_, i) => 1_760_000_000_000 + Math.floor(i / 1024) ** 2),
    8 + 4 * 12,
  ],
  ['times with jitter', Array.from({ length: 4096 }, (_, i) => 1_760_000_000_000 + i * 100 + (i % 7)), 16 + 4 * 4096],
])('%s take the bytes of their form', (_, numbers, bytes) => {
  expect(roundTrip(numbers)).toEqual({ back: numbers, bytes });
});
