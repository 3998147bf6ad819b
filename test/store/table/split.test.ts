import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assertNoOverlap,
  countOverlap,
  makeFolds,
  makeSplit,
  splitFromColumn,
  splitHash,
} from '../../../main/store/table/split.ts';

/** Persons with 1 to 5 rows each and a stratum per row; person numbers have gaps, as after dropping rows. */
const cohort = fc
  .array(fc.record({ rows: fc.integer({ min: 1, max: 5 }), stratum: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 30,
    maxLength: 120,
  })
  .map((persons) => ({
    subject: Int32Array.from(persons.flatMap((person, p) => Array.from({ length: person.rows }, () => p * 3 + 1))),
    stratum: Int32Array.from(persons.flatMap((person) => Array.from({ length: person.rows }, () => person.stratum))),
    persons,
  }));
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const shares = { train: 0.6, validation: 0.2, test: 0.2 };

describe('makeSplit', () => {
  test('never puts one person on two sides', () => {
    fc.assert(
      fc.property(cohort, seed, ({ subject, stratum }, seed) => {
        expect(countOverlap(subject, makeSplit({ subject, stratum, shares, seed }).part)).toBe(0);
      }),
    );
  });

  test('gives every part its share of persons, of the whole and of each stratum, to within one or two', () => {
    fc.assert(
      fc.property(cohort, seed, ({ subject, stratum, persons }, seed) => {
        const { part } = makeSplit({ subject, stratum, shares, seed });
        const sideOf = new Map(Array.from(subject, (person, row) => [person, part[row]!]));
        for (const [side, share] of [shares.train, shares.validation, shares.test].entries()) {
          const inPart = persons.filter((_, p) => sideOf.get(p * 3 + 1) === side);
          expect(Math.abs(inPart.length - share * persons.length)).toBeLessThanOrEqual(1);
          for (const s of [0, 1, 2]) {
            const all = persons.filter((person) => person.stratum === s).length;
            expect(Math.abs(inPart.filter((person) => person.stratum === s).length - share * all)).toBeLessThanOrEqual(
              2,
            );
          }
        }
      }),
    );
  });

  test('is the same for the same seed and another for another seed', () => {
    const stratum = Int32Array.from({ length: 200 }, (_, row) => row % 2);
    const one = makeSplit({ subject: null, stratum, shares, seed: 1 });
    expect(makeSplit({ subject: null, stratum, shares, seed: 1 })).toEqual(one);
    expect(makeSplit({ subject: null, stratum, shares, seed: 2 })).not.toEqual(one);
  });

  test('refuses shares that do not add up to 1, no training or test share, and a part that would be empty', () => {
    const stratum = new Int32Array(4);
    for (const wrong of [
      { train: 0.5, validation: 0.2, test: 0.2 },
      { train: 0, validation: 0.5, test: 0.5 },
      { train: 0.8, validation: 0.2, test: 0 },
      { train: 0.99, validation: 0, test: 0.01 },
      { train: Number.NaN, validation: 0.5, test: 0.5 },
    ]) {
      expect(() => makeSplit({ subject: null, stratum, shares: wrong, seed: 1 })).toThrow(
        expect.objectContaining({ code: 'SPLIT_INVALID' }),
      );
    }
  });
});

describe('makeFolds', () => {
  test('keeps persons whole, fills every fold and spreads every stratum evenly', () => {
    fc.assert(
      fc.property(cohort, seed, fc.integer({ min: 2, max: 10 }), ({ subject, stratum, persons }, seed, folds) => {
        const fold = makeFolds({ subject, stratum, folds, seed });
        expect(countOverlap(subject, fold)).toBe(0);
        const foldOf = new Map(Array.from(subject, (person, row) => [person, fold[row]!]));
        for (let f = 0; f < folds; f++) {
          const members = persons.filter((_, p) => foldOf.get(p * 3 + 1) === f);
          expect(members.length).toBeGreaterThanOrEqual(Math.floor(persons.length / folds));
          for (const s of [0, 1, 2]) {
            const all = persons.filter((person) => person.stratum === s).length;
            expect(Math.abs(members.filter((person) => person.stratum === s).length - all / folds)).toBeLessThan(1);
          }
        }
      }),
    );
  });

  test('refuses more folds than persons', () => {
    const rows = { subject: Int32Array.from([0, 0, 1, 1]), stratum: new Int32Array(4), seed: 1 };
    expect(() => makeFolds({ ...rows, folds: 3 })).toThrow(expect.objectContaining({ code: 'SPLIT_INVALID' }));
  });
});

describe('splitFromColumn', () => {
  test('reads train, val, validation and test in any case', () => {
    const dictionary = ['train', 'VAL', 'Validation', 'test'];
    expect(splitFromColumn({ codes: Int32Array.from([0, 1, 2, 3]), dictionary }).part).toEqual(
      Uint8Array.from([0, 1, 1, 2]),
    );
  });

  test('refuses other values, missing cells and a column without test rows', () => {
    for (const cells of [
      { codes: Int32Array.from([0, 1]), dictionary: ['train', 'holdout'] },
      { codes: Int32Array.from([0, 1, -1]), dictionary: ['train', 'test'] },
      { codes: Int32Array.from([0, 1]), dictionary: ['train', 'val'] },
    ]) {
      expect(() => splitFromColumn(cells)).toThrow(expect.objectContaining({ code: 'SPLIT_INVALID' }));
    }
  });
});

test('assertNoOverlap counts the persons on two sides', () => {
  const subject = Int32Array.from([5, 5, 9, 9, 7]);
  assertNoOverlap(subject, Uint8Array.from([0, 0, 2, 2, 1]));
  assertNoOverlap(null, Uint8Array.from([0, 0, 2, 2, 1]));
  expect(() => assertNoOverlap(subject, Uint8Array.from([0, 2, 2, 0, 1]))).toThrow(
    expect.objectContaining({ code: 'SUBJECT_OVERLAP', message: expect.stringContaining('2 persons') }),
  );
});

test('splitHash changes with any row and not with the array type', () => {
  const part = Uint8Array.from([0, 1, 2, 0]);
  expect(splitHash(Int16Array.from(part))).toBe(splitHash(part));
  expect(splitHash(Uint8Array.from([0, 1, 2, 1]))).not.toBe(splitHash(part));
});
