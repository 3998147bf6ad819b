import { expect, test } from 'vitest';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import { cohortCsv, vaultWith, wish } from './cohort.ts';
import { fitInProcess } from './fit-in-process.ts';

test('without validation the threshold of a forest is chosen on out-of-bag predictions, not on rows it knows', async () => {
  const vault = await vaultWith(cohortCsv(150, 3), 'patient');
  const asked = { recipe: 'random-forest', params: { trees: 60, importance_repeats: 0 } };
  for (const split of [
    { kind: 'shares', train: 0.7, validation: 0, test: 0.3 },
    { kind: 'folds', folds: 3 },
  ] as const) {
    const { documents } = await fitInProcess(vault, wish({ ...asked, split }));
    const { threshold, thresholdRule } = documents.evaluation as Evaluation;
    expect(thresholdRule).toContain('each row by the trees that never saw it');
    expect(threshold).toBeGreaterThan(0.1);
    expect(threshold).toBeLessThan(0.9);
  }
  await vault.client.close();
});
