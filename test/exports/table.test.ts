import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cells, smallByRows } from '../../main/exports/gate/cells.ts';
import { chooseDecimals } from '../../main/exports/gate/choose-decimals.ts';
import { countAucTables } from '../../main/exports/gate/count-auc.ts';
import { countTables } from '../../main/exports/gate/count-tables.ts';
import { releaseTable, type TableRelease } from '../../main/exports/gate/release-table.ts';
import { type Decimals, decisionMetrics } from '../../main/exports/gate/table-metrics.ts';
import { defaultPolicy } from '../../shared/model/policy.ts';

const two = Object.fromEntries(decisionMetrics.map((key) => [key, 2])) as Decimals;
const release = (cells: Cells, decimals = two): TableRelease =>
  releaseTable(cells, smallByRows(cells, 11), false, defaultPolicy, decimals);

test('S3, row 23: without an error in 60 the accuracy is "at least 0.83", byte for byte as with seven', () => {
  const none = release({ tp: 30, fn: 0, fp: 0, tn: 30 });
  expect(none.metrics.accuracy).toMatchObject({ kind: 'bound', relation: 'at least', value: 0.83, rule: 'S3' });
  expect(JSON.stringify(release({ tp: 23, fn: 7, fp: 0, tn: 30 }))).toBe(JSON.stringify(none));
});

test('S3: whatever a small error cell holds, the report is the same and every bound holds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 25, max: 400 }),
      fc.integer({ min: 11, max: 200 }),
      fc.integer({ min: 11, max: 400 }),
      (positives, fp, tn) => {
        const all = Array.from({ length: 11 }, (_, fn) => release({ tp: positives - fn, fn, fp, tn }));
        expect(new Set(all.map((table) => JSON.stringify(table))).size).toBe(1);
        const { sensitivity, npv, accuracy } = all[0]!.metrics;
        for (const metric of [sensitivity, npv, accuracy]) expect(metric.kind).not.toBe('value');
        if (sensitivity.kind === 'bound') expect(sensitivity.value).toBeLessThanOrEqual((positives - 10) / positives);
        expect(all[0]!.metrics.specificity).toMatchObject({ kind: 'value' });
      },
    ),
    { numRuns: 60 },
  );
});

test('S3: few hits give "at most", few hits and few errors at once give nothing', () => {
  expect(release({ tp: 4, fn: 96, fp: 40, tn: 60 }).metrics.sensitivity).toMatchObject({
    relation: 'at most',
    value: 0.1,
  });
  const both = release({ tp: 4, fn: 96, fp: 3, tn: 97 });
  expect(both.metrics.accuracy).toEqual({ kind: 'suppressed', key: 'accuracy', suppressed: 'S3' });
  expect(both.metrics.mcc).toMatchObject({ suppressed: 'S3' });
});

test('S3: persons with several rows get no bound, since the rows of few persons can be many', () => {
  const cells = { tp: 100, fn: 40, fp: 30, tn: 100 };
  const small = { ...smallByRows(cells, 11), fn: true };
  expect(releaseTable(cells, small, true, defaultPolicy, two).metrics.sensitivity).toMatchObject({ suppressed: 'S3' });
});

test('S5: one cell under k keeps the whole matrix; cells shown as less than k do too', () => {
  expect(release({ tp: 100, fn: 10, fp: 30, tn: 100 }).confusion).toEqual({ suppressed: 'S5' });
  expect(release({ tp: 100, fn: 11, fp: 30, tn: 100 }).confusion).toEqual({ suppressed: 'S5' });
  expect(release({ tp: 161, fn: 54, fp: 86, tn: 199 }).confusion).toEqual({
    cells: [
      [160, 55],
      [85, 200],
    ],
    rowTotals: [215, 285],
    columnTotals: [245, 255],
    total: 500,
  });
});

test('S1 and S3: a class under k keeps its count, the other one and every metric', () => {
  const few = release({ tp: 4, fn: 3, fp: 23, tn: 70 });
  expect(few.classes).toEqual([{ suppressed: 'S1' }, { suppressed: 'S1' }]);
  expect(Object.values(few.metrics).every((metric) => metric.kind === 'suppressed')).toBe(true);
});

/** Every table of a size, asked without any short cut. */
function bruteForce(cells: Cells, decimals: Decimals): Cells[] {
  const wanted = JSON.stringify(release(cells, decimals));
  const found: Cells[] = [];
  const around = (count: number): number[] => Array.from({ length: 19 }, (_, i) => count - 9 + i).filter((n) => n >= 0);
  for (const tp of around(cells.tp))
    for (const fn of around(cells.fn))
      for (const fp of around(cells.fp))
        for (const tn of around(cells.tn)) {
          // The totals are shown: most candidates are out before the costly question.
          if (Math.round((tp + fn + fp + tn) / 5) !== Math.round((cells.tp + cells.fn + cells.fp + cells.tn) / 5))
            continue;
          if (Math.round((tp + fn) / 5) !== Math.round((cells.tp + cells.fn) / 5)) continue;
          const table = { tp, fn, fp, tn };
          if (JSON.stringify(release(table, decimals)) === wanted) found.push(table);
        }
  return found;
}

test('S4, attack: an attacker who tries every table finds those that the enumerator found, five at least', () => {
  const cells = { tp: 31, fn: 12, fp: 13, tn: 44 };
  const decimals = chooseDecimals(cells, smallByRows(cells, 11), false, defaultPolicy)!;
  const attacker = bruteForce(cells, decimals).map((table) => JSON.stringify(table));
  const ours: string[] = [];
  countTables(cells, smallByRows(cells, 11), false, defaultPolicy, decimals, Infinity, (table) =>
    ours.push(JSON.stringify(table)),
  );
  expect(attacker.length).toBeGreaterThanOrEqual(5);
  expect(attacker).toEqual(expect.arrayContaining(ours));
  expect(ours.length).toBeGreaterThanOrEqual(5);
}, 60_000);

test('S4, attack: no released decision has fewer than five possible tables', () => {
  fc.assert(
    fc.property(fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 11, max: 400 }))), ([tp, fn, fp, tn]) => {
      const cells = { tp: tp!, fn: fn!, fp: fp!, tn: tn! };
      const decimals = chooseDecimals(cells, smallByRows(cells, 11), false, defaultPolicy);
      if (decimals === null) return;
      expect(countTables(cells, smallByRows(cells, 11), false, defaultPolicy, decimals, 5)).toBe(5);
      expect(Object.values(decimals).every((count) => count <= 2)).toBe(true);
    }),
    { numRuns: 40, seed: 4 },
  );
}, 60_000);

test('S4, attack: a hidden cell may hold every count from 0 to k − 1', () => {
  const cells = { tp: 96, fn: 4, fp: 40, tn: 160 };
  const seen = new Set<number>();
  const small = smallByRows(cells, 11);
  countTables(cells, small, false, defaultPolicy, chooseDecimals(cells, small, false, defaultPolicy)!, Infinity, (t) =>
    seen.add(t.fn),
  );
  expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('S4: two decimals of an AUC fit many fractions, all its digits fit one', () => {
  expect(countAucTables(40, 60, 0.8631, 2, 5, 5)).toBe(5);
  expect(countAucTables(40, 60, 2071.5 / 2400, 12, 5, 100)).toBeLessThan(5);
});
