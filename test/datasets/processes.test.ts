import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startImport, startSyntheticImport } from '../../main/datasets/import-process.ts';
import { datasetOperations } from '../../main/datasets/operations.ts';
import { openVault } from '../../main/store/open-vault.ts';
import { bySubject, noSubject, testFolder, testVault, vaultState, write } from './support.ts';

const folder = testFolder();
const script = join(import.meta.dirname, 'import-script.ts');
const large = write(
  folder,
  `id,value,text\n${Array.from({ length: 200_000 }, (_, i) => `${i},${i / 7},word ${i % 90}`).join('\n')}\n`,
);

function startScript(dir: string, path: string, name: string): ChildProcess {
  return spawn(process.execPath, [script, dir, path, name], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout!.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return text.trim();
}

test('two processes that import one file at once both succeed, with one version and one copy', async () => {
  const vault = testVault(folder, 'twice');
  const said = await Promise.all([1, 2].map(() => output(startScript(vault.dir, large, 'shared'))));
  expect(said).toEqual(['ok 1', 'ok 1']);
  expect(vaultState(vault).versions).toHaveLength(1);
  expect(vaultState(vault).files.filter((file) => file.endsWith('table.bin'))).toHaveLength(1);
  expect(datasetOperations['datasets.verify'](vault, { name: 'shared', version: null }).valid).toBe(true);
});

test('an import that is killed leaves no dataset, and the next process that opens the vault removes what it had begun', async () => {
  const vault = testVault(folder, 'killed');
  const before = vaultState(vault);
  const child = startScript(vault.dir, large, 'killed');
  await once(child.stderr!, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect({ ...vaultState(vault), files: [] }).toEqual({ ...before, files: [] });
  expect(readdirSync(join(vault.dir, 'datasets')).some((name) => name.startsWith('import-'))).toBe(true);
  openVault(vault.dir, { purpose: 'test' }).close();
  expect(vaultState(vault)).toEqual(before);
});

test('an import in a child of its own tells its progress and gives the version', async () => {
  const vault = testVault(folder, 'child');
  const seen: number[] = [];
  const running = startImport(vault.dir, {
    path: large,
    name: 'in-child',
    subject: bySubject('id'),
    onProgress: ({ bytesDone, bytesTotal }) => seen.push(bytesDone / bytesTotal),
  });
  const version = await running.done;
  expect([version.rows, version.subjects]).toEqual([200_000, 200_000]);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

test('a child that fails passes its own error on, one that is cancelled or killed leaves the vault unchanged', async () => {
  const vault = testVault(folder, 'failing');
  const before = vaultState(vault);
  const ragged = startImport(vault.dir, { path: write(folder, 'a,b\n1\n'), name: 'x', subject: noSubject });
  await expect(ragged.done).rejects.toMatchObject({ code: 'TABLE_RAGGED', message: expect.stringContaining('Row 2') });

  const cancelled = startImport(vault.dir, {
    path: large,
    name: 'x',
    subject: noSubject,
    onProgress: () => cancelled.cancel(),
  });
  await expect(cancelled.done).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });

  const killed = startImport(vault.dir, {
    path: large,
    name: 'x',
    subject: noSubject,
    onProgress: () => process.kill(killed.pid!, 'SIGKILL'),
  });
  await expect(killed.done).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('The vault is as it was'),
  });
  expect(vaultState(vault)).toEqual(before);
});

test('the synthetic cohort is imported once: about 2,000 patients of three sites with repeated visits and missing values', async () => {
  const vault = testVault(folder, 'synthetic');
  const version = await startSyntheticImport(vault.dir).done;
  expect([version.name, version.version, version.subjects, version.subjectColumn, version.siteColumn]).toEqual([
    'synthetic-cohort',
    1,
    2000,
    'patient_id',
    'site',
  ]);
  expect(version.rows).toBeGreaterThan(3000);
  const column = (name: string) => version.columns.find((one) => one.name === name)!;
  expect(column('site').distinct).toBe(3);
  expect(column('nt_probnp').missing).toBeGreaterThan(100);
  expect([column('readmitted_1y').role, column('length_of_stay').role]).toEqual(['target', 'ignored']);
  expect((await startSyntheticImport(vault.dir).done).version).toBe(1);
  expect(vaultState(vault).versions).toHaveLength(1);
});
