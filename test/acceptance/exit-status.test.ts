import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cohortCsv } from '../training/cohort.ts';
import { vaultContents } from './vault-contents.ts';
import { jsonOf, oneJsonValue, start, wardbook } from './wardbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-status-'));
const vault = join(folder, 'vault');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const path = join(folder, 'cohort.csv');
  writeFileSync(path, cohortCsv(400, 1));
  await jsonOf(vault, 'dataset', 'import', path, '--name', 'cohort', '--subject', 'patient');
});

describe('wrong usage ends with 2, says how it is meant and prints no value', () => {
  test.each([
    [['no-such-command']],
    [['runs', '--no-such-option']],
    [['runs', '--limit', 'many']],
    [['train']],
    [['train', 'logistic', '--target', 'outcome']],
    [['dataset', 'import', 'table.csv']],
    [['dataset', 'import', 'table.csv', '--name', 'x', '--subject', 'a', '--subject-per-row']],
    [['show']],
    [['compare']],
    [['export', 'abc']],
    [['verify']],
    [['metrics', 'abc']],
  ])('%j', async (args) => {
    const { status, stdout, stderr } = await wardbook(vault, ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: .+\n\(see wardbook help\)|^Usage: /m);
  });
});

describe('Ctrl-C ends with 130', () => {
  test('a training is stopped and its run kept with what it had told', async () => {
    const asked = ['--dataset', 'cohort', '--target', 'outcome', '--drop', 'stage', '--engine', 'cpu'];
    const long = ['--set', 'epochs=10000', '--set', 'patience=10000', '--set', 'hidden=256, 256'];
    const training = start(vault, ['train', 'mlp', ...asked, ...long]);
    await expect.poll(training.said, { timeout: 25_000 }).toMatch(/Training: /);
    training.interrupt();
    const { status, stdout } = await training.ended;
    expect([status, oneJsonValue(stdout)]).toMatchObject([130, { status: 'stopped' }]);
    const { id } = oneJsonValue(stdout) as { id: string };
    expect(await jsonOf(vault, 'show', id)).toMatchObject({ status: 'stopped', params: { epochs: 10000 } });
    expect(await jsonOf(vault, 'metrics', id, 'train/loss')).toMatchObject({ steps: expect.arrayContaining([0]) });
  });

  test('an import leaves the vault as it was', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, `id,a,b\n${'p,1.5,2.5\n'.repeat(3_000_000)}`);
    const before = vaultContents(vault);
    const importing = start(vault, ['dataset', 'import', path, '--name', 'large']);
    await expect.poll(importing.said, { timeout: 25_000 }).toMatch(/import: /);
    importing.interrupt();
    const { status, stdout } = await importing.ended;
    expect([status, oneJsonValue(stdout)]).toMatchObject([130, { error: { code: 'CANCELLED' } }]);
    expect(vaultContents(vault)).toEqual(before);
  });

  test('a watch of the hardware prints what it has seen', async () => {
    const watching = start(vault, ['hardware', '--watch', '600']);
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    watching.interrupt();
    const { status, stdout } = await watching.ended;
    expect([status, oneJsonValue(stdout)]).toMatchObject([130, { samples: expect.any(Array) }]);
  });
});

describe('what was changed behind its back ends verify with 1', () => {
  test('dataset verify, after a byte of the stored table changed', async () => {
    const blobs = join(vault, 'datasets');
    const stored = readdirSync(blobs, { recursive: true })
      .map(String)
      .find((name) => name.endsWith('table.bin'))!;
    const path = join(blobs, stored);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1]! ^= 1;
    chmodSync(path, 0o600);
    writeFileSync(path, bytes);
    const { status, stdout } = await wardbook(vault, 'dataset', 'verify', 'cohort');
    expect([status, oneJsonValue(stdout)]).toMatchObject([1, { valid: false, reason: expect.any(String) }]);
  });

  test('verify, of a folder that holds no report', async () => {
    const { status, stdout } = await wardbook(vault, 'verify', folder);
    expect([status, oneJsonValue(stdout)]).toMatchObject([1, { valid: false, trusted: false, signedBy: null }]);
  });
});
