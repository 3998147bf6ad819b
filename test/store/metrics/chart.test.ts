import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSeries, readWholeSeries } from '../../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../../main/store/open-vault.ts';
import type { MetricPoint, SeriesColumns } from '../../../shared/model/series.ts';
import { makeRun, openTestVault, point, seededRandom, temporaryFolder } from '../vault-fixture.ts';

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Shape = { count: number; gap: number; nonFinite: number; seed: number };

/** Steps that grow by 1 to `gap`, values of a noisy curve, some of them NaN or infinite. */
function curve({ count, gap, nonFinite, seed }: Shape): MetricPoint[] {
  const random = seededRandom(seed);
  let step = Math.floor(random() * 1_000) - 500;
  return Array.from({ length: count }, () => {
    step += 1 + Math.floor(random() * gap);
    const odd = random() < nonFinite;
    const value = odd
      ? [Number.NaN, Number.NaN, Infinity, -Infinity][Math.floor(random() * 4)]!
      : Math.sin(step / 500) + random();
    return point('loss', step, value);
  });
}

/** A closed vault with these points, all of them in chunks. */
async function store(points: MetricPoint[], folder: string): Promise<string> {
  const vault = openTestVault(folder);
  const run = makeRun(vault);
  await vault.metrics.append(run, points);
  vault.close();
  return run;
}

type Chart = { steps: number[]; values: number[] };
const chartOf = ({ steps, values }: SeriesColumns): Chart => ({ steps: [...steps], values: [...values] });

/**
 * The rule, written down plainly. Ranges of equal width over the steps; groups of 2048, 64 or 1 points, the coarsest of which
 * there are enough, fall into the range of their first step; of each range the first smallest and the first largest value,
 * NaN only where there is nothing else; and the very first and last point.
 */
function naiveChart(whole: SeriesColumns, maxPoints: number): Chart {
  const { steps, values, count } = whole;
  const ranges = Math.floor((maxPoints - 2) / 2);
  const size = [2048, 64].find((points) => Math.ceil(count / points) >= ranges) ?? 1;
  const low = steps[0]!;
  const high = steps[count - 1]!;
  const members = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const first = steps[i - (i % size)]!;
    const range = Math.min(ranges - 1, Math.floor((first - low) * (ranges / (high - low + 1))));
    const known = members.get(range) ?? [];
    members.set(range, known);
    known.push(i);
  }
  const kept = new Set([0, count - 1]);
  if (ranges > 0) {
    for (const indices of members.values()) {
      const numbers = indices.filter((i) => !Number.isNaN(values[i]));
      const from = numbers.length > 0 ? numbers : [indices[0]!];
      kept.add(from.reduce((best, i) => (values[i]! < values[best]! ? i : best)));
      kept.add(from.reduce((best, i) => (values[i]! > values[best]! ? i : best)));
    }
  }
  const order = [...kept].toSorted((a, b) => a - b);
  return { steps: order.map((i) => steps[i]!), values: order.map((i) => values[i]!) };
}

test('a chart read through the pyramid is the smallest and the largest value of each range, as computed plainly', async () => {
  const shape = fc.record({
    count: fc.integer({ min: 3, max: 22_000 }),
    gap: fc.constantFrom(1, 1, 2, 5_000),
    nonFinite: fc.constantFrom(0, 0.01, 0.6, 1),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(shape, fc.constantFrom(2, 3, 4, 9, 20, 200, 601), async (curveShape, maxPoints) => {
      const folder = temporaryFolder();
      const run = await store(curve(curveShape), folder);
      const reader = openVaultForReading(folder);
      try {
        const whole = readWholeSeries(reader.db, run, 'loss');
        const chart = readSeries(reader.db, run, 'loss', maxPoints);
        const small = curveShape.count <= maxPoints;
        expect(chart.downsampled).toBe(!small);
        expect(chart.count).toBe(curveShape.count);
        expect(chart.steps.length).toBeLessThanOrEqual(maxPoints);
        expect(chartOf(chart)).toEqual(small ? chartOf(whole) : naiveChart(whole, maxPoints));
      } finally {
        reader.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 40, seed: 4_711 },
  );
});

test('a chart keeps the extremes and both ends while part of the series is in the journal and part is out of order', async () => {
  const points = curve({ count: 20_000, gap: 2, nonFinite: 0, seed: 5 });
  const run = await store(points.slice(0, 9_000), dir);
  const second = openTestVault(dir);
  await second.metrics.append(run, points.slice(8_500).toReversed());
  const chart = readSeries(second.db, run, 'loss', 300);
  const whole = readWholeSeries(second.db, run, 'loss');
  expect(whole.count).toBe(20_000);
  expect(chart.count).toBe(20_000);
  expect([chart.steps[0], chart.steps.at(-1)]).toEqual([whole.steps[0], whole.steps.at(-1)]);
  expect(Math.min(...chart.values)).toBe(Math.min(...whole.values));
  expect(Math.max(...chart.values)).toBe(Math.max(...whole.values));
  expect([...chart.steps]).toEqual([...chart.steps].toSorted((a, b) => a - b));
  const stored = new Map(Array.from(whole.steps, (step, i) => [step, whole.values[i]]));
  expect([...chart.steps].map((step) => stored.get(step))).toEqual([...chart.values]);
  second.close();
});
