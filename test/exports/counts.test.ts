import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundChain } from '../../main/exports/gate/round-counts.ts';
import { roundDown, roundNumber, roundUp } from '../../main/exports/gate/round-number.ts';

const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);

test('S2: rounded counts are multiples of 5, add up to the rounded total, and each is off by less than 5', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 30 }), (counts) => {
      const rounded = roundChain(counts, 5);
      expect(rounded.every((count) => count >= 0 && count % 5 === 0)).toBe(true);
      expect(sum(rounded)).toBe(5 * Math.round(sum(counts) / 5));
      expect(rounded.every((count, i) => Math.abs(count - counts[i]!) < 5)).toBe(true);
    }),
  );
});

test('X10: numbers are read back from their decimals; −0 becomes 0, what is not finite is refused', () => {
  expect(roundNumber(0.8631234567, 2)).toBe(0.86);
  expect(Object.is(roundNumber(-0.001, 2), 0)).toBe(true);
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    expect(() => roundNumber(value, 2)).toThrow(expect.objectContaining({ code: 'EXPORT_REFUSED' }));
  }
});

test('S3: bounds are rounded outward, and binary fractions do not move them by a step', () => {
  expect([roundDown(0.8333, 2), roundDown(0.83, 2), roundDown(0.29, 2)]).toEqual([0.83, 0.83, 0.29]);
  expect([roundUp(0.1667, 2), roundUp(0.17, 2), roundUp(0.58, 2)]).toEqual([0.17, 0.17, 0.58]);
});
