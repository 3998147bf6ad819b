import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode } from '../../main/host/chromium/codec.ts';

test('numbers of a column arrive bit for bit, whatever stands before them', () => {
  fc.assert(
    fc.property(fc.float64Array(), fc.string(), (values, text) => {
      const back = decode(encode({ text, values })) as { text: string; values: Float64Array };
      expect(back.text).toBe(text);
      expect(back.values).toBeInstanceOf(Float64Array);
      expect(Buffer.from(back.values.buffer)).toEqual(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    }),
  );
});

test.each([
  new Float32Array([1.5, Number.NaN]),
  new Int32Array([-1, 2]),
  new Uint32Array([4_000_000_000]),
  new Int16Array([-3]),
  new Uint16Array([0, 1, 65_535]),
  new Int8Array([-4]),
  new BigUint64Array([2n ** 63n]),
  new Uint8ClampedArray([255]),
  new BigInt64Array([-(2n ** 62n)]),
  new Uint8Array([1, 2, 3]),
])('%o keeps its kind', (values) => {
  const back = decode(encode([values])) as [typeof values];
  expect(back[0].constructor).toBe(values.constructor);
  expect(back[0]).toEqual(values);
});

test('a part of a larger buffer travels alone', () => {
  const whole = new Float64Array([1, 2, 3, 4]);
  expect(decode(encode(whole.subarray(1, 3)))).toEqual(new Float64Array([2, 3]));
});

test('a property without a value is left out, and null stays null', () => {
  expect(decode(encode({ a: undefined, b: null, c: 'x' }))).toEqual({ b: null, c: 'x' });
});
