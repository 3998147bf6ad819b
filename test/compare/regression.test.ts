import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareRuns } from '../../main/compare/compare-runs.ts';
import type { HeldOutRun } from '../../main/compare/held-out.ts';
import { testPairs } from '../../main/compare/test-pairs.ts';
import { statisticOf, testableMetrics } from '../../main/compare/testable-metrics.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { CompareTest } from '../../shared/contract/runs.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { mae } from '../../shared/statistics/mae.ts';
import { rSquared } from '../../shared/statistics/r-squared.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { rmse } from '../../shared/statistics/rmse.ts';
import { spearman } from '../../shared/statistics/spearman.ts';
import { cliJson, runCli } from '../cli/run-cli.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { plantDataset, plantRun } from './planted-runs.ts';

const numbers = (truth: number[], scores: number[]): PredictionColumns => ({
  part: 'oof',
  rows: truth.length,
  classes: 0,
  row: Int32Array.from(truth.keys()),
  truth: Float64Array.from(truth),
  scores: Float64Array.from(scores),
  subject: null,
  fold: null,
});

it('in R² a resample counts a row as often as it was drawn', () => {
  const truth = [3, 5, 2, 8, 6];
  const scores = [2.5, 5.5, 3, 7, 6];
  const statistic = statisticOf('r2', numbers(truth, scores), null);
  expect(statistic(null)).toBeCloseTo(rSquared(truth, scores)!, 12);
  const drawn = [0, 0, 1, 3, 3, 3];
  const again = rSquared(
    drawn.map((at) => truth[at]!),
    drawn.map((at) => scores[at]!),
  )!;
  expect(statistic(Uint16Array.from([2, 1, 0, 3, 0]))).toBeCloseTo(again, 12);
  expect(statistic(Uint16Array.from([5, 0, 0, 0, 0]))).toBeNaN();
});

let vault: Vault;
beforeEach(() => {
  vault = openTestVault(temporaryFolder());
  plantDataset(vault);
});
afterEach(() => vault.close());

/** Hours in hospital of persons with two stays each, and predictions that miss them by this standard deviation. */
function stays(persons: number, seed: number) {
  const random = createRandom(seed);
  const truth = Array.from({ length: 2 * persons }, () => 120 + 40 * random.normal());
  const off = (by: number) => truth.map((hours) => hours + by * random.normal());
  const of = (scores: number[]) => ({ ...numbers(truth, scores), subject: Int32Array.from(truth, (_, i) => i >> 1) });
  return { truth, off, of };
}
const plant = (predictions: PredictionColumns, features?: string[]) =>
  plantRun(vault, { name: 'stay', task: 'regression', target: 'hours', recipe: 'linear', predictions, features });

describe('two runs that predict numbers', () => {
  it('are tested in RMSE when nobody names a metric; the smaller is better, the gap in the unit of the target', () => {
    const { truth, off, of } = stays(150, 1);
    const [good, bad] = [off(12), off(25)];
    const full = plant(of(good));
    const less = plant(of(bad), ['x']);
    const { tests, metrics, caption } = compareRuns(vault, { ids: [full, less], metric: null });
    expect(metrics).toEqual(['rmse', 'mae', 'r2', 'spearman']);
    const [test] = tests as [CompareTest];
    expect(test).toMatchObject({ a: less, b: full, metric: 'rmse', verdict: 'real', rows: 300, subjects: 150 });
    expect(test.difference).toBeCloseTo(rmse(truth, bad)! - rmse(truth, good)!, 12);
    expect(test.sentence).toMatch(
      /^Leaving out y makes the linear model worse in RMSE, by 1\d in the unit of hours \(p < 0\.001\)\.$/,
    );
    expect(caption).toContain('Paired bootstrap over subjects, 2000 draws, on the same 150 test subjects (300 rows).');
  });

  it('are tested in mean absolute error, R² and rank correlation as well', () => {
    const { truth, off, of } = stays(120, 2);
    const [good, bad] = [off(12), off(25)];
    const ids = [plant(of(good)), plant(of(bad))];
    for (const [key, value] of [
      ['mae', mae],
      ['r2', rSquared],
      ['spearman', spearman],
    ] as const) {
      const [test] = compareRuns(vault, { ids, metric: `test/${key}` }).tests as [CompareTest];
      expect(test.verdict).toBe('real');
      expect(test.difference).toBeCloseTo(Math.abs(value(truth, bad)! - value(truth, good)!), 10);
      expect(test.a).toBe(ids[key === 'mae' ? 1 : 0]);
    }
  });

  it('count as alike within 2 % of the standard deviation of the target, whatever its unit', () => {
    for (const scale of [1, 60]) {
      const { truth, off, of } = stays(400, 3);
      const good = off(12);
      const random = createRandom(9);
      const near = good.map((hours) => hours + 0.4 * random.normal());
      const scaled = (scores: number[]) => ({
        ...of(scores.map((hours) => hours * scale)),
        truth: Float64Array.from(truth, (hours) => hours * scale),
      });
      const [test] = compareRuns(vault, { ids: [plant(scaled(good)), plant(scaled(near))], metric: null }).tests;
      expect(test).toMatchObject({ verdict: 'no-difference' });
      const said = /any gap in RMSE is smaller than (\d+\.?\d*) in the unit of hours\.$/.exec(test!.sentence)![1];
      expect(Number(said) / scale).toBeCloseTo(0.8, 1);
    }
  });

  it('are not compared with a run that predicts classes of the same column', () => {
    const { truth, off, of } = stays(30, 4);
    const classes = truth.map((hours) => (hours > 120 ? 1 : 0));
    const ids = [
      plant(of(off(12))),
      plantRun(vault, {
        name: 'long',
        target: 'hours',
        predictions: { ...numbers(classes, classes), classes: 2 },
      }),
    ];
    const [test] = compareRuns(vault, { ids, metric: 'rmse' }).tests as [CompareTest];
    expect(test).toMatchObject({ verdict: 'not-comparable', difference: null });
    expect(test.sentence).toBe('A predicts hours as a number, B its classes.');
  });

  it('with no true difference are called different in RMSE about 5 times in 100', () => {
    const { of: first, off } = stays(60, 5);
    const run = showRun(vault, plant(first(off(12))));
    const metric = testableMetrics.find(({ key }) => key === 'rmse')!;
    const evaluation = {
      task: 'regression',
      classes: [],
      threshold: null,
      thresholdRule: null,
      parts: [],
      folds: null,
    } as const;
    let real = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const sample = stays(60, 100 + seed);
      const pair = ['A', 'B'].map(
        (label): HeldOutRun => ({
          label,
          run: { ...run, id: label.repeat(32) },
          evaluation: { ...evaluation, classes: [], parts: [] },
          heldOut: sample.of(sample.off(12)),
        }),
      );
      if (testPairs(pair, metric)[0]!.verdict === 'real') real++;
    }
    // 5 and two and a half standard errors of 100 replicates.
    expect(real).toBeLessThan(11);
  });

  it('on the command line: RMSE and mean absolute error unless a metric is named', () => {
    const { off, of } = stays(60, 6);
    const ids = [plant(of(off(12))), plant(of(off(25)))];
    const json = cliJson(vault.dir, 'compare', ...ids) as { tests: CompareTest[] };
    expect(json.tests.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['rmse', 'real'],
      ['mae', 'real'],
    ]);
    expect(runCli(vault.dir, 'compare', ...ids, '--metric', 'r2').stdout).toMatch(/A minus B, r2: \+0\.\d+ .* real/);
  });
});
