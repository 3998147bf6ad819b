import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import { makeImportFolder } from '../store/import-folder.ts';
import type { Vault } from '../store/vault.ts';
import type { ImportRequest } from './import-request.ts';
import { importTable } from './import-table.ts';
import { type CohortSize, cohortColumns, syntheticRows } from './synthetic-cohort.ts';

export const syntheticName = 'synthetic-cohort';
const standard: CohortSize = { patients: 2000, seed: 20260101 };

/** Writes the synthetic cohort as a CSV file (0600). */
export function writeSyntheticCohort(path: string, size: CohortSize = standard): void {
  const lines = [cohortColumns.join(',')];
  for (const row of syntheticRows(size)) lines.push(row.join(','));
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Generates the synthetic cohort inside the vault and imports it as `synthetic-cohort`; a second time finds the first. */
export async function importSynthetic(
  vault: Vault,
  options: Pick<ImportRequest, 'signal' | 'onProgress'> = {},
): Promise<DatasetVersion> {
  const folder = makeImportFolder(vault);
  try {
    const path = join(folder, `${syntheticName}.csv`);
    writeSyntheticCohort(path);
    const subject = { kind: 'column', column: 'patient_id', exact: false } as const;
    return await importTable(vault, { ...options, path, name: syntheticName, subject });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
