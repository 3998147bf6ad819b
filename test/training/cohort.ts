import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTable } from '../../main/datasets/import-table.ts';
import { openVault } from '../../main/store/open-vault.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { VaultClient } from '../../main/workers/client.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { type TrainSpec, trainSpec } from '../../shared/model/train-spec.ts';
import { createRandom } from '../../shared/statistics/random.ts';

/** Patients with one to three visits each, an outcome that the features explain in part, a missing value here and there. */
export function cohortCsv(patients: number, seed: number): string {
  const random = createRandom(seed);
  const lines = ['patient,visit,age,pressure,sex,ward,stage,outcome'];
  for (let p = 0; p < patients; p++) {
    const age = 40 + random.below(50);
    const sex = random.uniform() < 0.5 ? 'f' : 'm';
    for (let visit = 1; visit <= 1 + random.below(3); visit++) {
      const pressure = 120 + Math.round(15 * random.normal());
      const score = (age - 65) / 12 + (pressure - 120) / 20 + random.normal();
      const stage = score < -0.7 ? 'low' : score < 0.7 ? 'middle' : 'high';
      const shown = random.uniform() < 0.05 ? '' : pressure;
      const ward = ['north', 'south', 'west'][random.below(3)];
      lines.push(`P${p + 100},${visit},${age},${shown},${sex},${ward},${stage},${score > 0.3 ? 'yes' : 'no'}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export type TestVault = { dir: string; vault: Vault; client: VaultClient };

/** A new vault that holds one table as the dataset `cohort`. */
export async function vaultWith(csv: string, subject: string | null): Promise<TestVault> {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-training-'));
  const path = join(folder, 'cohort.csv');
  writeFileSync(path, csv);
  const dir = join(folder, 'vault');
  const vault = openVault(dir, { purpose: 'test' });
  await importTable(vault, {
    path,
    name: 'cohort',
    subject: subject === null ? { kind: 'none' } : { kind: 'column', column: subject, exact: false },
  });
  return { dir, vault, client: inProcessClient(vault) };
}

export const wish = (changes: Partial<TrainSpec>): TrainSpec =>
  trainSpec.parse({
    recipe: 'logistic',
    dataset: { name: 'cohort', version: null },
    target: 'outcome',
    features: ['age', 'pressure', 'sex', 'ward'],
    drop: [],
    params: {},
    split: { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
    seed: 1,
    engine: null,
    study: 'Default',
    name: null,
    ...changes,
  });
