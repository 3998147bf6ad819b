import { afterAll, describe, expect, it } from 'vitest';
import type { HeldOutRun } from '../../main/compare/held-out.ts';
import { testPairs } from '../../main/compare/test-pairs.ts';
import { testableMetrics } from '../../main/compare/testable-metrics.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { type Cohort, cohort, plantDataset, plantRun, predictions, sigmoid } from './planted-runs.ts';

const vault = openTestVault(temporaryFolder());
plantDataset(vault);
afterAll(() => vault.close());
const run = showRun(vault, plantRun(vault, { name: 'any', predictions: null }));
const evaluation: Evaluation = {
  task: 'binary',
  classes: ['0', '1'],
  threshold: 0.5,
  thresholdRule: null,
  parts: [],
  folds: null,
};

/** Three models that know the same, each with noise of its own. */
function equals(data: Cohort, seed: number): HeldOutRun[] {
  const random = createRandom(seed);
  return ['A', 'B', 'C'].map((label) => {
    const scores = data.x.map((x, i) => sigmoid(-0.8 + 1.1 * x + 1.1 * data.y[i]! + 0.5 * random.normal()));
    return { label, run: { ...run, id: label.repeat(32) }, evaluation, heldOut: predictions(data, scores) };
  });
}

describe('with no true difference', () => {
  for (const { key, replicates, rowsPerPerson } of [
    { key: 'auc', replicates: 500, rowsPerPerson: 1 },
    { key: 'auc', replicates: 300, rowsPerPerson: 3 },
    { key: 'brier', replicates: 150, rowsPerPerson: 1 },
    { key: 'sensitivity', replicates: 150, rowsPerPerson: 2 },
  ]) {
    it(`any of three differences in ${key} is called real at most 5 times in 100, about (${rowsPerPerson} rows per person)`, () => {
      const metric = testableMetrics.find((one) => one.key === key)!;
      let real = 0;
      for (let seed = 1; seed <= replicates; seed++) {
        const tests = testPairs(equals(cohort(seed, 80, rowsPerPerson), seed), metric);
        if (tests.some(({ verdict }) => verdict === 'real')) real++;
      }
      // Two standard errors of 150 replicates are 0.036.
      expect(real / replicates).toBeLessThan(0.085);
    });
  }
});
