import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder, write } from './support.ts';

const folder = testFolder();
const cli = join(import.meta.dirname, '../../main/cli.ts');

/** One run of the command line on the test's own vault. */
function wardbook(...args: string[]): { status: number | null; json: unknown; err: string; out: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, '--vault', join(folder, 'vault'), 'dataset', ...args],
    { encoding: 'utf8' },
  );
  return { status, json: args.includes('--json') ? JSON.parse(stdout) : null, err: stderr, out: stdout };
}

test('import, list, show, diff and verify print one JSON value each, and end with the status of the contract', () => {
  const one = write(folder, 'id,dead\np1,0\np2,1\n');
  const two = write(folder, 'id,dead\np1,1\np3,1\n');
  const first = wardbook('import', one, '--name', 'd', '--subject', 'id', '--json');
  expect(first).toMatchObject({ status: 0, json: { name: 'd', version: 1, rows: 2, subjects: 2, warnings: [] } });
  expect(first.json).toHaveProperty('hash', expect.stringMatching(/^[0-9a-f]{64}$/));
  expect(first.json).toHaveProperty(
    'columns.0',
    expect.objectContaining({ name: 'id', role: 'subject', missing: 0, distinct: 2 }),
  );
  expect(wardbook('import', one, '--name', 'd', '--subject', 'id').err).toContain('no new version');
  expect(wardbook('import', two, '--name', 'd', '--subject', 'id', '--json').json).toMatchObject({ version: 2 });
  expect(wardbook('list', '--json').json).toMatchObject([
    { name: 'd', versions: [{ version: 1 }, { version: 2 }], runs: 0 },
  ]);
  expect(wardbook('show', 'd@v1', '--json').json).toMatchObject({ name: 'd', version: 1, rows: 2 });
  expect(wardbook('diff', 'd@v1', 'd@v2', '--json').json).toMatchObject({
    rows: { added: 1, removed: 1, changed: 1, unchanged: 0 },
  });
  expect(wardbook('verify', 'd', '--json')).toMatchObject({ status: 0, json: { valid: true } });
  expect(wardbook('show', 'd').out).toMatch(/d@v2 {2}2 rows, 2 subjects/);
});

test('a failure is one error object and status 1, wrong usage is status 2', () => {
  const path = write(folder, 'a,b\n1\n');
  expect(wardbook('import', path, '--name', 'bad', '--json')).toMatchObject({
    status: 1,
    json: { error: { code: 'TABLE_RAGGED' } },
    err: expect.stringMatching(/^error: TABLE_RAGGED: Row 2/m),
  });
  expect(wardbook('import', path, '--name', 'bad', '--kind', 'ecg', '--json').json).toMatchObject({
    error: { code: 'KIND_UNSUPPORTED' },
  });
  expect(wardbook('import', path, '--name', 'bad', '--subject', 'a', '--subject-per-row').status).toBe(2);
  expect(wardbook('import', path).status).toBe(2);
  expect(wardbook('show', 'none', '--json')).toMatchObject({
    status: 1,
    json: { error: { code: 'DATASET_NOT_FOUND' } },
  });
});
