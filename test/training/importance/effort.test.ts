import { expect, test } from 'vitest';
import { drawRows } from '../../../main/training/importance/draw.ts';
import { effortFor } from '../../../main/training/importance/effort.ts';

const of = { recipe: 'logistic', images: false, rows: 500, features: 14, classes: 2, trees: 1, repeats: 5, passes: 0 };

test('what is cheap is done as asked; what is not gives up repeats first, then rows', () => {
  expect(effortFor(of)).toEqual({ rows: 500, repeats: 5 });
  expect(effortFor({ ...of, rows: 40_000 })).toEqual({ rows: 10_000, repeats: 5 });
  expect(effortFor({ ...of, rows: 40_000, features: 100, repeats: 50 })).toEqual({ rows: 10_000, repeats: 5 });
  expect(effortFor({ ...of, recipe: 'random-forest', trees: 300, rows: 40_000, features: 50 })).toEqual({
    rows: 1_000,
    repeats: 2,
  });
  expect(effortFor({ ...of, recipe: 'random-forest', trees: 300, rows: 300, features: 900 })).toEqual({
    rows: 300,
    repeats: 2,
  });
  expect(effortFor({ ...of, images: true, rows: 600, features: 16, passes: 400_000 })).toEqual({
    rows: 600,
    repeats: 5,
  });
});

test('rows are drawn by subject, the same for a seed', () => {
  const held = Int32Array.from({ length: 900 }, (_, i) => i + 50);
  const subject = Int32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 3));
  const drawn = drawRows(held, subject, 300, 4);
  expect(drawn).toHaveLength(300);
  expect(drawn).toEqual(drawRows(held, subject, 300, 4));
  expect(drawn).not.toEqual(drawRows(held, subject, 300, 5));
  expect(drawn.every((row, k) => k === 0 || row > drawn[k - 1]!)).toBe(true);
  // Only the last subject drawn is cut, and one may be at the edge of the part.
  const counts = Map.groupBy(drawn, (row) => subject[row]!);
  expect([...counts.values()].filter((rows) => rows.length < 3).length).toBeLessThanOrEqual(3);
});
