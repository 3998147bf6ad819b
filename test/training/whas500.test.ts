import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { notRun } from '../not-run.ts';
import { type TestVault, vaultWith, wish } from './cohort.ts';
import { fitInProcess } from './fit-in-process.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'whas500.csv');

const here = existsSync(file);
if (!here) notRun('training on WHAS500 against scikit-learn', 'there is no ../shared/data/whas500.csv');
describe.skipIf(!here)('on WHAS500', withData);

type Reference = { features: string[]; l2: number; coefficients: number[]; auc: number; probabilities: number[] };

function withData(): void {
  const reference = JSON.parse(
    readFileSync(new URL('fixtures/logistic-whas500.json', import.meta.url), 'utf8'),
  ) as Reference;
  /** Every fifth patient is tested, as in tools/training-references.py. */
  const withPart = (): string =>
    readFileSync(file, 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line, i) => `${line},${i === 0 ? 'part' : i % 5 === 0 ? 'test' : 'train'}`)
      .join('\n');
  const asked = { target: 'fstat', features: null, drop: ['lenfol', 'los', 'patient_id'] };

  test('logistic gives the probabilities, coefficients and AUC of scikit-learn on the same rows, scaling and penalty', async () => {
    const vault = await vaultWith(withPart(), 'patient_id');
    const { version } = {
      version: await vault.client.call('internal.datasetVersion', { name: 'cohort', version: null }),
    };
    const spare = version.columns.some(({ name, role }) => name === 'part' && role === 'feature') ? ['part'] : [];
    const split = { kind: 'column', column: 'part' } as const;
    const spec = wish({ ...asked, drop: [...asked.drop, ...spare], split, params: { l2: reference.l2 } });
    const result = await fitInProcess(vault, spec);
    const [held] = result.predictions;
    expect(held!.part).toBe('test');
    const worst = Math.max(...reference.probabilities.map((p, i) => Math.abs(p - held!.scores[i]!)));
    expect(worst).toBeLessThan(1e-6);
    expect(Math.abs(result.estimates['test/auc']!.value! - reference.auc)).toBeLessThan(1e-9);
    const table = result.documents.coefficients as NonNullable<RunDetail['coefficients']>;
    expect(table.slice(1).map(({ name }) => name)).toEqual(reference.features);
    for (const [j, value] of reference.coefficients.entries()) expect(table[j + 1]!.coefficient).toBeCloseTo(value, 6);
    await vault.client.close();
  });

  describe('over five seeds', { timeout: 120_000 }, () => {
    const seeds = [1, 2, 3, 4, 5];
    const meanAuc = async (vault: TestVault, recipe: string): Promise<number> => {
      let sum = 0;
      for (const seed of seeds) {
        const { estimates } = await fitInProcess(vault, wish({ ...asked, recipe, seed }));
        sum += estimates['test/auc']!.value!;
      }
      return sum / seeds.length;
    };

    test('mlp is not below logistic by more than 0.03 AUC', async () => {
      const vault = await vaultWith(readFileSync(file, 'utf8'), 'patient_id');
      const logistic = await meanAuc(vault, 'logistic');
      const mlp = await meanAuc(vault, 'mlp');
      expect(logistic).toBeGreaterThan(0.78);
      expect(mlp).toBeGreaterThan(logistic - 0.03);
      await vault.client.close();
    });
  });

  test('five folds: 500 patients predicted once each, 215 of them dead', async () => {
    const vault = await vaultWith(readFileSync(file, 'utf8'), 'patient_id');
    const { predictions, documents } = await fitInProcess(
      vault,
      wish({ ...asked, split: { kind: 'folds', folds: 5 } }),
    );
    expect(predictions[0]!.rows).toBe(500);
    expect((documents.evaluation as Evaluation).parts[0]).toMatchObject({ subjects: 500, classRows: [285, 215] });
    await vault.client.close();
  });
}
