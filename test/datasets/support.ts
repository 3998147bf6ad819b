import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { importTable } from '../../main/datasets/import-table.ts';
import type { SubjectChoice } from '../../main/datasets/subject-choice.ts';
import { openVault } from '../../main/store/open-vault.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { DatasetVersion } from '../../shared/model/dataset.ts';

/** A fresh folder for one test file, removed when its tests are done. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-datasets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let files = 0;

/** Writes a file into a folder and gives its path back. */
export function write(folder: string, content: string | Uint8Array, name = `table-${++files}.csv`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Opens a vault below `folder` for the test's time. */
export function testVault(folder: string, name = 'vault'): Vault {
  const vault = openVault(join(folder, name), { purpose: 'test' });
  afterAll(() => vault.close());
  return vault;
}

export const bySubject = (column: string, exact = false): SubjectChoice => ({ kind: 'column', column, exact });
export const noSubject: SubjectChoice = { kind: 'none' };

export const importFile = (
  vault: Vault,
  path: string,
  name: string,
  subject: SubjectChoice = noSubject,
): Promise<DatasetVersion> => importTable(vault, { path, name, subject });

/** What an import may change: rows of dataset tables, and files below `datasets`. */
export function vaultState(vault: Vault): { datasets: unknown[]; versions: unknown[]; files: string[] } {
  return {
    datasets: vault.db.prepare('SELECT * FROM dataset').all(),
    versions: vault.db.prepare('SELECT * FROM dataset_version').all(),
    files: readdirSync(join(vault.dir, 'datasets'), { recursive: true }).map(String).sort(),
  };
}

/** Sample data beside the project; tests that need it are not registered without it. */
export const sampleData = join(import.meta.dirname, '../../../shared/data');
export const hasSampleData = existsSync(join(sampleData, 'whas500.csv'));
