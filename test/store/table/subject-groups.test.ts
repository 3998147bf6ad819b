import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupSubjects } from '../../../main/store/table/subject-groups.ts';

const group = (ids: string[], exact = false, sites: number[] = ids.map(() => 0)) =>
  groupSubjects(
    ids.map((id, row) => ({ id, site: sites[row]! })),
    ids.length,
    exact,
  );
const persons = (ids: string[], exact = false, sites?: number[]) => [...group(ids, exact, sites).subject];

test('ids that differ in case or leading zeros are one person', () => {
  expect(persons(['P007', 'p7', 'P70', '007', '7', 'P 7'])).toEqual([0, 0, 1, 2, 2, 3]);
});

test('a letter at the end is taken off when several letters share a base, or the base occurs itself', () => {
  expect(persons(['C-003a', 'C-003b', 'C-004'])).toEqual([0, 0, 1]);
  expect(persons(['C-003a', 'C-003'])).toEqual([0, 0]);
  expect(persons(['C-003', 'C-003_b', 'C-0003C'])).toEqual([0, 0, 0]);
});

test('a letter at the end is kept when nothing shares its base', () => {
  expect(persons(['12345678Z', '87654321X', '11111111H'])).toEqual([0, 1, 2]);
  expect(persons(['ann', 'anna', 'P1ab', 'P1'])).toEqual([0, 1, 2, 3]);
});

test('exact ids are taken as they are', () => {
  expect(persons(['P007', 'p7', 'P7a', 'P7b', 'P007'], true)).toEqual([0, 1, 2, 3, 0]);
});

test('the same number at another site is another person', () => {
  expect(persons(['7', '7', '07', '7a', '7b'], false, [1, 2, 1, 3, 3])).toEqual([0, 1, 0, 2, 2]);
});

test('counts persons, ids as written, and the persons that own several ids', () => {
  const { count, ids, grouped, firstRow } = group(['a1', 'b1a', 'b1b', 'A01', 'c1', 'c1']);
  expect({ count, ids, grouped, firstRow: [...firstRow] }).toEqual({
    count: 3,
    ids: 5,
    grouped: { persons: 2, ids: 4 },
    firstRow: [0, 1, 4],
  });
});

test('grouping only ever joins: rows with one id stay one person, and exact has at least as many persons', () => {
  const id = fc.stringMatching(/^[aP]?0{0,2}[1-3]{1,2}[abA]?$/);
  fc.assert(
    fc.property(fc.array(id, { minLength: 1, maxLength: 60 }), (ids) => {
      const grouped = group(ids);
      const exact = group(ids, true);
      expect(exact.count).toBe(new Set(ids).size);
      expect(grouped.count).toBeLessThanOrEqual(exact.count);
      const personOf = new Map(ids.map((id, row) => [id, grouped.subject[row]]));
      for (const [row, id] of ids.entries()) expect(grouped.subject[row]).toBe(personOf.get(id));
    }),
  );
});

test('the order of rows does not change who is grouped with whom', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^P0{0,1}[1-3][abc]?$/), { minLength: 2, maxLength: 20 }), (ids) => {
      const forward = group(ids).subject;
      const back = group([...ids].reverse()).subject;
      for (let i = 0; i < ids.length; i++)
        for (let j = 0; j < ids.length; j++)
          expect(forward[i] === forward[j]).toBe(back[ids.length - 1 - i] === back[ids.length - 1 - j]);
    }),
  );
});
