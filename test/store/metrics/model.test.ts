import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldStep } from '../../../main/store/metrics/fold.ts';
import { readWholeSeries } from '../../../main/store/metrics/read.ts';
import { openVaultForReading } from '../../../main/store/open-vault.ts';
import type { Vault } from '../../../main/store/vault.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import { makeRun, openTestVault, temporaryFolder } from '../vault-fixture.ts';

const keys = ['loss', 'auc'];
const writers = 3;

/** What a process may do next: append a stretch of points (forwards, backwards, over old ones), fold, or end and start again. */
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      writer: fc.nat(writers - 1),
      key: fc.constantFrom(...keys),
      start: fc.integer({ min: -500, max: 9_000 }),
      count: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
        fc.integer({ min: 1_000, max: 6_000 }),
      ),
      stride: fc.constantFrom(1, 1, 1, 3, -1, 0, 2 ** 33),
      seed: fc.double(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fold' as const), writer: fc.nat(writers - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), writer: fc.nat(writers - 1) }) },
);

type Append = { key: string; start: number; count: number; stride: number; seed: number };
const pointsOf = ({ key, start, count, stride, seed }: Append): MetricPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    key,
    step: start + i * stride,
    value: i % 7 === 3 ? seed : seed + i,
    time: start * 3 + i * i,
  }));

/** The rule without any of the machinery: the last write of a step counts, steps in order. */
function naive(written: MetricPoint[], key: string): { steps: number[]; values: number[]; times: number[] } {
  const bySteps = new Map<number, MetricPoint>();
  for (const one of written) if (one.key === key) bySteps.set(one.step, one);
  const points = [...bySteps.values()].toSorted((a, b) => a.step - b.step);
  return { steps: points.map((p) => p.step), values: points.map((p) => p.value), times: points.map((p) => p.time) };
}

test('a series is always what was written, the last write of each step, whoever wrote, folded or restarted in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
      const dir = temporaryFolder();
      const vaults: Vault[] = Array.from({ length: writers }, () => openTestVault(dir));
      const reader = openVaultForReading(dir);
      try {
        const run = makeRun(vaults[0]!);
        const written: MetricPoint[] = [];
        for (const next of actions) {
          const vault = vaults[next.writer]!;
          if (next.kind === 'fold') foldStep(vault.db, vault.writerId);
          if (next.kind === 'restart') {
            vault.close();
            vaults[next.writer] = openTestVault(dir);
          }
          if (next.kind === 'append') {
            const points = pointsOf(next);
            const call = vault.metrics.append(run, points);
            vault.metrics.flush();
            await call;
            written.push(...points);
          }
        }
        for (const key of keys) {
          const expected = naive(written, key);
          if (expected.steps.length === 0) continue;
          const { count, steps, values, times } = readWholeSeries(reader.db, run, key);
          expect(count).toBe(expected.steps.length);
          expect({ steps: [...steps], values: [...values], times: [...times] }).toEqual(expected);
        }
      } finally {
        reader.close();
        for (const vault of vaults) vault.close();
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 25, seed: 20_260 },
  );
});
