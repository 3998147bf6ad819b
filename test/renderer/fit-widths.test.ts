import { expect, test } from 'vitest';
import { fitWidths } from '../../renderer/features/runs/fit-widths.ts';

const columns = [
  { id: 'name', width: 160, least: 0 },
  { id: 'status', width: 140, least: 0 },
  { id: 'metrics.auc', width: 120, least: 141 },
  { id: 'dataset', width: 116, least: 0 },
  { id: 'started', width: 88, least: 0 },
];
const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);

test('a number is never narrower than it needs', () => {
  for (const room of [0, 500, 645, 2000]) expect(fitWidths(columns, room)[2]).toBeGreaterThanOrEqual(141);
});

test('what numbers need beyond the given widths comes from words, so that the table still fits', () => {
  expect(fitWidths(columns, 624)).toEqual([160, 140, 141, 95, 88]);
});

test('widths that a person gave are kept when they alone are too wide: the table scrolls', () => {
  expect(total(fitWidths(columns, 300))).toBe(624);
  expect(fitWidths([{ id: 'name', width: 900, least: 0 }], 300)).toEqual([900]);
});

test('what larger text adds to the given widths comes from words, too', () => {
  const larger = columns.map(({ id, width, least }) => ({ id, width: width * 1.15, least: least * 1.15 }));
  expect(total(fitWidths(larger, 640))).toBeGreaterThan(640);
  expect(total(fitWidths(larger, 640, 1.15))).toBeCloseTo(640, 6);
});

test('room that is left goes to the name and the status, up to a limit', () => {
  expect(fitWidths(columns, 700)).toEqual([215, 140, 141, 116, 88]);
  expect(fitWidths(columns, 5000)).toEqual([400, 200, 141, 116, 88]);
});
