import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasSampleData } from '../acceptance/wardbook.ts';
import { againstScikitLearn, importWhas500, meanAuc, overFiveSeeds } from '../acceptance/whas500-job.ts';
import type { Row } from './bench.ts';

export const title = 'WHAS500 against scikit-learn, mlp against logistic';

/** How close the numbers are, by command line; the same size at every scale. */
export async function run(): Promise<Row[]> {
  if (!hasSampleData) {
    const name = 'not measured here: needs ../shared/data';
    return [{ name, figure: Number.NaN, unit: '', target: '', met: true }];
  }
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  try {
    const vault = join(folder, 'vault');
    await importWhas500(vault);
    const { worstProbability, auc, referenceAuc } = await againstScikitLearn(vault, folder);
    const aucDifference = Math.abs(auc - referenceAuc);
    const logistic = meanAuc(await overFiveSeeds(vault, 'logistic'));
    const mlp = meanAuc(await overFiveSeeds(vault, 'mlp'));
    return [
      {
        name: 'largest difference of a predicted probability',
        figure: worstProbability,
        unit: '',
        target: 'under 1e-4',
        met: worstProbability < 1e-4,
      },
      {
        name: `AUC ${auc.toFixed(6)}, scikit-learn ${referenceAuc.toFixed(6)}: difference`,
        figure: aucDifference,
        unit: '',
        target: 'under 1e-6',
        met: aucDifference < 1e-6,
      },
      {
        name: 'mlp, mean AUC of 5 seeds with 5 folds each',
        figure: mlp,
        unit: '',
        baseline: { name: 'logistic', figure: logistic },
        target: 'not below by more than 0.03',
        met: mlp > logistic - 0.03,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
