import { expect, test } from 'vitest';
import type { Importance } from '../../../shared/model/importance.ts';
import { cohortCsv, vaultWith, wish } from '../cohort.ts';
import { fitInProcess } from '../fit-in-process.ts';

test('folds: each fold’s model is asked before it goes, and the baseline is the out-of-fold AUC', async () => {
  const vault = await vaultWith(cohortCsv(150, 21), 'patient');
  for (const ensemble of ['none', 'folds']) {
    const spec = wish({ split: { kind: 'folds', folds: 4 }, params: { ensemble } });
    const { documents, estimates, predictions } = await fitInProcess(vault, spec);
    const importance = documents.importance as Importance;
    expect(importance.baseline).toBe(estimates['oof/auc']!.value);
    expect(importance).toMatchObject({ rows: predictions[0]!.rows, subjects: 150, repeats: 5 });
    expect(importance.features.map(({ name }) => name)).toEqual(['age', 'pressure', 'sex', 'ward']);
    const [age, pressure, sex] = importance.features;
    expect(Math.min(age!.low!, pressure!.low!)).toBeGreaterThan(sex!.mean);
    expect((await fitInProcess(vault, spec)).documents.importance).toEqual(importance);
  }
  await vault.client.close();
});

test('one split: the baseline is the AUC of the test part, with the params as they are by default', async () => {
  const vault = await vaultWith(cohortCsv(150, 21), 'patient');
  const params = { epochs: 15, hidden: '8' };
  const { documents, estimates } = await fitInProcess(vault, wish({ recipe: 'mlp', params }));
  expect((documents.importance as Importance).baseline).toBe(estimates['test/auc']!.value);
  const off = await fitInProcess(vault, wish({ params: { importance_repeats: 0 } }));
  expect(off.documents.importance).toBeUndefined();
  await vault.client.close();
});
