import { expect, test } from 'vitest';
import { checkAcross, groupsOf } from '../../main/training/plan/keep-together.ts';
import { planSplit } from '../../main/training/plan/plan-split.ts';

const pair = (a: number, b: number) => ({ a, b, similarity: 1 });
const all = (n: number) => Int32Array.from({ length: n }, (_, row) => row);
const names = {
  kind: 'levels' as const,
  type: 'image' as const,
  codes: all(40),
  dictionary: Array.from({ length: 40 }, (_, i) => `${i}.png`),
  missing: new Uint8Array(40),
};

test('persons with images that look the same are one group, through others too; rows without a target join nobody', () => {
  expect(groupsOf(null, all(5), [pair(0, 3), pair(3, 4)])).toEqual(Int32Array.of(0, 1, 2, 0, 0));
  expect(groupsOf(Int32Array.of(7, 7, 8, 9), all(4), [pair(1, 3)])).toEqual(Int32Array.of(7, 7, 8, 7));
  // Row 1 of the dataset is not usable.
  expect(groupsOf(null, Int32Array.of(0, 2, 3), [pair(0, 1), pair(1, 3)])).toBe(null);
});

test('splits and folds of ours keep such images on one side, and persons are counted as before', () => {
  const y = Float64Array.from({ length: 40 }, (_, i) => i % 2);
  const pairs = Array.from({ length: 10 }, (_, i) => pair(i, i + 20));
  const rows = { y, subject: null, together: groupsOf(null, all(40), pairs), classes: ['0', '1'], target: 'label' };
  const requests = [
    { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
    { kind: 'folds', folds: 5 },
  ] as const;
  for (const request of requests)
    for (const seed of [1, 2, 3]) {
      const plan = planSplit(request, rows, null, all(40), seed);
      expect(checkAcross(pairs, all(40), plan, names, false)).toBe(null);
      expect(plan.summary.unit).toBe('rows');
      const { train, validation, test } = plan.summary;
      expect(request.kind === 'folds' ? train : train + validation + test).toBe(40);
    }
});

test('where joining them leaves too few to share out, persons are split by themselves', () => {
  const y = Float64Array.of(0, 1, 0, 1, 0, 1);
  const pairs = [pair(0, 1), pair(1, 2), pair(2, 3), pair(3, 4), pair(4, 5)];
  const rows = { y, subject: null, together: groupsOf(null, all(6), pairs), classes: ['0', '1'], target: 'label' };
  const plan = planSplit({ kind: 'folds', folds: 2 }, rows, null, all(6), 1);
  expect(new Set(plan.fold)).toEqual(new Set([0, 1]));
});

test('pairs on two sides stop the run with their number and files, unless they are allowed; then they are noted', () => {
  const split = { part: Uint8Array.of(0, 0, 2, 1), fold: null };
  const pairs = [pair(0, 1), pair(0, 2), pair(1, 3)];
  expect(() => checkAcross(pairs, all(4), split, names, false)).toThrow(
    expect.objectContaining({
      code: 'NEAR_DUPLICATES',
      message: expect.stringMatching(/^2 pairs .*0\.png and 2\.png; 1\.png and 3\.png/),
    }),
  );
  expect(checkAcross(pairs, all(4), split, names, true)).toMatch(/^2 pairs of images look the same.*allowed/);
  expect(checkAcross([pair(0, 1)], all(4), split, names, false)).toBe(null);
});
