import { expect, test } from 'vitest';
import { applyPreprocessing, modelColumns } from '../../main/training/preprocessing/apply-preprocessing.ts';
import { preprocessing } from '../../main/training/preprocessing/document.ts';
import type { FeatureColumn } from '../../main/training/preprocessing/feature-column.ts';
import { fitPreprocessing } from '../../main/training/preprocessing/fit-preprocessing.ts';

const numbers = (...values: number[]): FeatureColumn => ({
  values: Float64Array.from(values),
  missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
});
const levels = (...values: (string | null)[]): FeatureColumn => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
    dictionary,
    missing: Uint8Array.from(values, (value) => (value === null ? 1 : 0)),
  };
};
const reader = (table: Record<string, FeatureColumn>) => (name: string) => table[name]!;
const all = (rows: number) => Int32Array.from({ length: rows }, (_, i) => i);
const plain = { missingIndicator: false };

test('a number is filled with the training median and scaled by the population deviation', () => {
  const read = reader({ a: numbers(1, 2, Number.NaN, 5, 1000) });
  const document = fitPreprocessing(read, ['a'], Int32Array.of(0, 1, 2, 3), plain);
  // Filled: 1, 2, 2, 5; mean 2.5, population variance (2.25 + 0.25 + 0.25 + 6.25) / 4.
  expect(document.features[0]).toMatchObject({ kind: 'number', fill: 2, columns: [{ mean: 2.5, scale: 1.5 }] });
  expect([...applyPreprocessing(document, read, all(5))]).toEqual([-1, -1 / 3, -1 / 3, 5 / 3, 665]);
});

test('nothing outside the training rows plays a part', () => {
  const one = reader({ a: numbers(1, 2, 3, 999), b: levels('x', 'y', 'y', 'z') });
  const other = reader({ a: numbers(1, 2, 3, -5), b: levels('x', 'y', 'y', 'q') });
  const rows = Int32Array.of(0, 1, 2);
  expect(fitPreprocessing(one, ['a', 'b'], rows, plain)).toEqual(fitPreprocessing(other, ['a', 'b'], rows, plain));
});

test('the most frequent level is the reference; a missing, rare or unknown one counts as it', () => {
  const read = reader({ c: levels('b', 'a', 'b', 'c', null, 'new') });
  const document = fitPreprocessing(read, ['c'], Int32Array.of(0, 1, 2, 3), plain);
  expect(modelColumns(document).map(({ name }) => name)).toEqual(['c=a', 'c=c']);
  const x = applyPreprocessing(document, read, Int32Array.of(0, 4, 5));
  expect([...x.subarray(2, 4)]).toEqual([...x.subarray(0, 2)]);
  expect([...x.subarray(4, 6)]).toEqual([...x.subarray(0, 2)]);
});

test('indicators of missing cells are added when asked for, and only where cells are missing', () => {
  const read = reader({ a: numbers(1, Number.NaN, 3), b: numbers(1, 2, 3), c: levels('x', null, 'y') });
  const document = fitPreprocessing(read, ['a', 'b', 'c'], all(3), { missingIndicator: true });
  expect(modelColumns(document).map(({ name }) => name)).toEqual(['a', 'a missing', 'b', 'c=y', 'c missing']);
});

test('constant, single-level and empty columns are dropped, with the reason', () => {
  const read = reader({
    a: numbers(7, 7, 7),
    b: levels('x', 'x', 'x'),
    c: numbers(Number.NaN, Number.NaN, Number.NaN),
    d: numbers(1, 2, 3),
  });
  const document = fitPreprocessing(read, ['a', 'b', 'c', 'd'], all(3), plain);
  expect(document.features.map(({ feature }) => feature)).toEqual(['d']);
  expect(document.dropped).toEqual([
    { column: 'a', why: 'constant in the training part' },
    { column: 'b', why: 'one level in the training part' },
    { column: 'c', why: 'no value in the training part' },
  ]);
});

test('infinite cells count as missing, numbers too large to scale are refused', () => {
  const read = reader({ a: numbers(1, Number.POSITIVE_INFINITY, 3) });
  const document = fitPreprocessing(read, ['a'], all(3), plain);
  expect(document.features[0]).toMatchObject({ fill: 2 });
  const huge = reader({ a: numbers(1e308, -1e308, 0) });
  const spread = fitPreprocessing(reader({ a: numbers(1e-3, 0, 0) }), ['a'], all(3), plain);
  expect(() => applyPreprocessing(spread, huge, all(3))).toThrowError(
    expect.objectContaining({ code: 'NUMBER_NOT_FINITE' }),
  );
});

test('the document survives JSON and gives the same columns again', () => {
  const read = reader({ a: numbers(0.1, 0.2, 0.7), c: levels('p', 'q', 'q') });
  const document = fitPreprocessing(read, ['a', 'c'], all(3), plain);
  const again = preprocessing.parse(JSON.parse(JSON.stringify(document)));
  expect(applyPreprocessing(again, read, all(3))).toEqual(applyPreprocessing(document, read, all(3)));
});

test('for trees numbers and levels stay as they are, with NaN where a cell is missing or a level is new', () => {
  const read = reader({
    a: numbers(1, 2, Number.NaN, 5),
    c: levels('b', 'a', null, 'new'),
    k: numbers(3, 3, 3, 4),
    l: levels('x', 'x', 'x', 'y'),
    m: numbers(3, 3, Number.NaN, 3),
  });
  const document = fitPreprocessing(read, ['a', 'c', 'k', 'l', 'm'], Int32Array.of(0, 1, 2), {
    ...plain,
    columns: 'raw',
  });
  expect(modelColumns(document)).toEqual([
    { name: 'a', mean: 0, scale: 1 },
    { name: 'c', mean: 0, scale: 1, levels: ['a', 'b'] },
    { name: 'm', mean: 0, scale: 1 },
  ]);
  expect(document.dropped.map(({ column }) => column)).toEqual(['k', 'l']);
  const again = preprocessing.parse(JSON.parse(JSON.stringify(document)));
  expect([...applyPreprocessing(again, read, all(4))]).toEqual([
    1,
    1,
    3,
    2,
    0,
    3,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    5,
    Number.NaN,
    3,
  ]);
});

test('for trees the 254 most frequent levels keep a code and the rest count as missing', () => {
  const labels = Array.from({ length: 300 }, (_, i) => `level ${String(i).padStart(3, '0')}`);
  const read = reader({ c: levels(...labels, ...labels.slice(100)) });
  const document = fitPreprocessing(read, ['c'], all(500), { ...plain, columns: 'raw' });
  expect(modelColumns(document)[0]!.levels).toHaveLength(254);
  expect(modelColumns(document)[0]!.levels!.slice(-200)).toEqual(labels.slice(100));
  expect(document.dropped).toEqual([{ column: 'c', why: '46 rare levels count as missing' }]);
});
