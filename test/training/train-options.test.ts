import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { keepModelFolder, modelFolder } from '../../main/training/model-folder.ts';
import { cohortCsv, vaultWith } from './cohort.ts';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
let dir: string;
beforeAll(async () => {
  const made = await vaultWith(cohortCsv(120, 31), 'patient');
  dir = made.dir;
  await made.client.close();
});

function train(...args: string[]): { status: number | null; json: Record<string, unknown>; stderr: string } {
  const all = [
    cli,
    '--vault',
    dir,
    '--json',
    'train',
    'logistic',
    '--dataset',
    'cohort',
    '--target',
    'outcome',
    ...args,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  return { status, json: JSON.parse(stdout) as Record<string, unknown>, stderr };
}

test('the same again is said, and with --skip-done not done; another seed or param is something else', () => {
  const first = train();
  expect(first.stderr).not.toContain('already done');
  expect(train('--skip-done').json).toMatchObject({
    id: first.json.id,
    alreadyDone: true,
    metrics: first.json.metrics,
  });
  const again = train();
  expect(again.stderr).toContain(`already done: ${first.json.id}`);
  expect(again.json.id).not.toBe(first.json.id);
  for (const other of [
    ['--seed', '2'],
    ['--set', 'l2=3'],
    ['--target', 'sex', '--features', 'age,pressure'],
  ]) {
    expect(train('--skip-done', ...other).json.alreadyDone, other.join(' ')).toBeUndefined();
  }
});

test.each([
  ['--cores', '0'],
  ['--checkpoint-every', 'often'],
  ['--task', 'guess'],
])('%s %s is refused by name', (option, value) => {
  const { status, json } = train(option, value);
  expect([status, json]).toMatchObject([
    1,
    { error: { code: 'INPUT_INVALID', message: expect.stringContaining(option) } },
  ]);
});

test('a model folder is kept once, under the hash of its names and contents, and never half', () => {
  const source = mkdtempSync(join(tmpdir(), 'wardbook-model-'));
  writeFileSync(join(source, 'model.json'), '{}');
  mkdirSync(join(source, 'weights'));
  writeFileSync(join(source, 'weights', 'a.bin'), Buffer.of(1, 2, 3));
  const hash = keepModelFolder(dir, source);
  expect(keepModelFolder(dir, source)).toBe(hash);
  expect(readFileSync(join(modelFolder(dir, hash), 'weights', 'a.bin'))).toEqual(Buffer.of(1, 2, 3));
  writeFileSync(join(source, 'weights', 'a.bin'), Buffer.of(1, 2, 4));
  expect(keepModelFolder(dir, source)).not.toBe(hash);
  expect(readdirSync(join(dir, 'models')).every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  expect(() => keepModelFolder(dir, mkdtempSync(join(tmpdir(), 'wardbook-model-')))).toThrow(/empty/);
});
