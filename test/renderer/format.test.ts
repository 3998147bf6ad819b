import { describe, expect, it } from 'vitest';
import {
  bytes,
  clock,
  columnDecimals,
  count,
  duration,
  fixed,
  interval,
  intervalDecimals,
  percent,
  plain,
  plural,
  pValue,
  shortHash,
  signed,
  when,
  whenLong,
} from '../../shared/format.ts';

describe('digits follow the interval', () => {
  it('stops at the first significant digit of the half-width', () => {
    expect(intervalDecimals(0.784, 0.896)).toBe(2);
    expect(intervalDecimals(2, 12)).toBe(0);
  });
  it('goes one further when that digit is 1 or 2', () => {
    expect(intervalDecimals(0.5, 0.554)).toBe(3);
    expect(intervalDecimals(0.5, 0.53)).toBe(3);
    expect(intervalDecimals(0, 0.5)).toBe(2);
  });
  it('is not fooled by floating point: 0.13–0.19 has a half-width of 0.03', () => {
    expect(intervalDecimals(0.13, 0.19)).toBe(2);
  });
  it('says nothing about an interval without width', () => {
    expect(intervalDecimals(1, 1)).toBeNull();
    expect(intervalDecimals(Number.NaN, 1)).toBeNull();
  });
  it('a column takes the digits of its tightest interval', () => {
    expect(
      columnDecimals([
        { value: 0.8, low: 0.7, high: 0.9 },
        { value: 0.8, low: 0.79, high: 0.81 },
        { value: 0.8, low: null, high: null },
      ]),
    ).toBe(3);
    expect(columnDecimals([], 2)).toBe(2);
  });
});

describe('numbers', () => {
  it('write the true minus and never a negative zero', () => {
    expect(fixed(-0.24, 2)).toBe('−0.24');
    expect(fixed(-0.001, 2)).toBe('0.00');
    expect(signed(0.019, 3)).toBe('+0.019');
    expect(signed(0, 2)).toBe('0.00');
  });
  it('a signed bound takes "to"', () => {
    expect(interval(0.79, 0.9, 2)).toBe('[0.79–0.90]');
    expect(interval(-0.24, 0.47, 2)).toBe('[−0.24 to 0.47]');
    expect(interval(-0.008, 0.046, 3, true)).toBe('[−0.008 to +0.046]');
  });
  it('without uncertainty have at most four significant digits', () => {
    expect([0, 64, 0.0005, 0.003, 1284, 12345.678, 0.8631234567, 3e-7, 2.5e9, -1.5].map(plain)).toEqual([
      '0',
      '64',
      '0.0005',
      '0.003',
      '1,284',
      '12,346',
      '0.8631',
      '3·10⁻⁷',
      '2.5·10⁹',
      '−1.5',
    ]);
    expect(plain(Number.NaN)).toBe('NaN');
    expect(plain(Number.NEGATIVE_INFINITY)).toBe('−∞');
  });
  it('count, percent, p and words', () => {
    expect(count(318402)).toBe('318,402');
    expect(percent(0.684)).toBe('68\u202f%');
    expect(pValue(0.0004)).toBe('p < 0.001');
    expect(pValue(0.0951)).toBe('p = 0.095');
    expect(plural(1, 'run')).toBe('1 run');
    expect(plural(2117, 'run')).toBe('2,117 runs');
    expect(shortHash('9f3c61ab07de55')).toBe('9f3c 61ab 07de');
  });
});

describe('times and sizes', () => {
  it('durations take the units a person would', () => {
    expect([40, 420, 3_000, 3_400, 58_000, 252_000, 120_000, 7_500_000, 273_600_000].map(duration)).toEqual([
      '0.1\u202fs',
      '0.4\u202fs',
      '3\u202fs',
      '3.4\u202fs',
      '58\u202fs',
      '4\u202fmin 12\u202fs',
      '2\u202fmin',
      '2\u202fh 05\u202fmin',
      '3\u202fd 4\u202fh',
    ]);
  });
  it('time left is a clock', () => {
    expect([19_000, 724_000, 7_390_000].map(clock)).toEqual(['0:19', '12:04', '2:03:10']);
  });
  it('dates are as short as they are unmistakable', () => {
    const now = Date.UTC(2026, 10, 21, 12, 0);
    expect(when(Date.UTC(2026, 10, 21, 10, 42), now)).toBe('10:42');
    expect(when(Date.UTC(2026, 10, 20, 18, 22), now)).toBe('Fri 18:22');
    expect(when(Date.UTC(2026, 10, 3, 18, 22), now)).toBe('3 Nov');
    expect(when(Date.UTC(2025, 10, 3, 18, 22), now)).toBe('3 Nov 2025');
    expect(whenLong(Date.UTC(2026, 10, 21, 10, 31), now)).toBe('today 10:31');
    expect(whenLong(Date.UTC(2026, 10, 3, 18, 22), now)).toBe('3 Nov 18:22');
  });
  it('bytes', () => {
    expect([900, 2_048, 41.2 * 1024 ** 3].map(bytes)).toEqual(['900\u202fB', '2.0\u202fkB', '41.2\u202fGB']);
  });
});
