import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { startImport } from '../../main/datasets/import-process.ts';
import type { SubjectChoice } from '../../main/datasets/subject-choice.ts';
import { openVault } from '../../main/store/open-vault.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { testFolder, testVault, vaultState, write } from './support.ts';

const folder = testFolder();
const perRow: SubjectChoice = { kind: 'per-row' };
const cli = join(import.meta.dirname, '../../main/cli.ts');
const args = (vault: string, ...more: string[]) => [cli, '--vault', join(folder, vault), 'dataset', ...more];
const wardbook = (vault: string, ...more: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args(vault, ...more), { encoding: 'utf8' });
  return {
    status,
    json: more.includes('--json') && status === 0 ? JSON.parse(stdout) : null,
    out: stdout,
    err: stderr,
  };
};

/** Class folders of pictures of smooth noise, `side` pixels wide. */
function pictures(name: string, count: number, side: number): string {
  const random = createRandom(9);
  const root = join(folder, name);
  for (const label of ['no', 'yes']) mkdirSync(join(root, label), { recursive: true });
  for (let i = 0; i < count; i++) {
    const waves = Array.from(
      { length: 6 },
      () => [random.normal() / 4, random.normal() / 4, 6 * random.uniform()] as const,
    );
    const data = Uint8Array.from({ length: side * side }, (_, p) =>
      waves.reduce((sum, [u, v, at]) => sum + 20 * Math.sin(u * (p % side) + v * Math.floor(p / side) + at), 128),
    );
    const png = encode({ width: side, height: side, channels: 1, depth: 8, data });
    writeFileSync(join(root, i % 2 === 0 ? 'no' : 'yes', `${i}.png`), png);
    // The first picture of each class is there twice.
    if (i < 2) writeFileSync(join(root, i % 2 === 0 ? 'no' : 'yes', `${i}-again.png`), png);
  }
  return root;
}

test('dataset duplicates lists the pairs of images that look the same, in words and as JSON', {
  timeout: 60_000,
}, () => {
  const root = pictures('twice', 12, 24);
  expect(wardbook('vault', 'import', root, '--name', 'twice', '--subject-per-row').status).toBe(0);
  const { status, json } = wardbook('vault', 'duplicates', 'twice', '--json');
  expect(status).toBe(0);
  const found = json as { pairs: { a: string; b: string; similarity: number }[]; more: boolean };
  expect(found.more).toBe(false);
  expect(found.pairs.map(({ a, b }) => [a, b].sort().join(' ')).sort()).toEqual([
    'no/0-again.png no/0.png',
    'yes/1-again.png yes/1.png',
  ]);
  expect(found.pairs.every(({ similarity }) => similarity === 1)).toBe(true);
  expect(wardbook('vault', 'duplicates', 'twice').out).toMatch(/^2 pairs look the same/);
  expect(wardbook('vault', 'duplicates', 'nothing')).toMatchObject({ status: 1 });
});

test('an import of images that is killed half-way leaves no dataset and no file, and the next one works', {
  timeout: 120_000,
}, async () => {
  const root = pictures('many', 400, 64);
  const vault = testVault(folder, 'killed');
  const before = vaultState(vault);
  const child = spawn(process.execPath, args('killed', 'import', root, '--name', 'many', '--subject-per-row'), {
    stdio: 'ignore',
  });
  // As soon as it writes.
  let begun = false;
  for (let i = 0; i < 4_000 && !begun && child.exitCode === null; i++) {
    await wait(5);
    begun = vaultState(vault).files.some((file) => /^import-[^/]*\//.test(file));
  }
  expect([begun, child.exitCode]).toEqual([true, null]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  openVault(vault.dir, { purpose: 'test' }).close();
  expect(vaultState(vault)).toEqual(before);
  expect(wardbook('killed', 'import', root, '--name', 'many', '--subject-per-row', '--json')).toMatchObject({
    status: 0,
    json: { name: 'many', version: 1, rows: 402 },
  });
  expect(wardbook('killed', 'verify', 'many', '--json')).toMatchObject({ status: 0, json: { valid: true } });
});

test('the importing child of the window takes the labels table that it is given', { timeout: 60_000 }, async () => {
  const root = pictures('labelled', 6, 16);
  const labels = write(folder, 'file,grade\nno/0.png,1\nyes/1.png,2\nno/2.png,1\n', 'grades-of-2024.csv');
  const vault = testVault(folder, 'labelled');
  const { done } = startImport(vault.dir, { path: root, name: 'graded', subject: perRow, kind: 'images', labels });
  const version = await done;
  expect(version.rows).toBe(3);
  expect(version.columns.map(({ name }) => name)).toContain('grade');
});
