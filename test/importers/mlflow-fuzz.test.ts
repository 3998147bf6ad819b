import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { artifactsFolder } from '../../main/store/artifact-files.ts';
import { showRun } from '../../main/store/run-detail.ts';
import { openTestVault, seededRandom, temporaryFolder } from '../store/vault-fixture.ts';
import { fuzzMlflow } from './mlflow-fuzz.ts';
import { unpack } from './mlflow-source.ts';
import { mutate } from './mutate.ts';

test('no mutated meta.yaml makes the parser fail: it is read or refused', () => {
  const { refused } = fuzzMlflow('meta', 3_000, 20_261_124);
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(3_000);
});

test('no mutated metric file makes the parser fail: its points are read, its other lines counted', () => {
  const { refused } = fuzzMlflow('metric', 3_000, 20_261_124);
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(3_000);
});

test('a store of mutated files is imported run by run: each is whole or listed', async () => {
  const random = seededRandom(7);
  for (let round = 0; round < 8; round++) {
    const folder = temporaryFolder();
    const vault = openTestVault(join(folder, 'vault'));
    const source = unpack('3.0.1', 'mlruns', folder);
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && random() < 0.4)
        writeFileSync(path, Buffer.from(mutate(readFileSync(path, 'latin1'), random), 'latin1'));
    }
    const done = await importRuns(vault, { format: 'mlruns', path: source, study: null });
    const ids = vault.db.prepare('SELECT uid FROM run').pluck().all() as string[];
    expect(ids).toHaveLength(done.added);
    for (const id of ids) {
      const { artifacts } = showRun(vault, id);
      for (const { path, bytes } of artifacts)
        expect(readFileSync(join(artifactsFolder(vault.dir, id), path))).toHaveLength(bytes);
    }
    vault.close();
    rmSync(folder, { recursive: true });
  }
});
