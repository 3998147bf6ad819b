import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Vault } from '../../main/store/vault.ts';
import type { VaultClient } from '../../main/workers/client.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { newRun } from './new-run-fixture.ts';
import { openTestVault, temporaryFolder } from './vault-fixture.ts';

let vault: Vault;
let client: VaultClient;
let id: string;
beforeEach(async () => {
  vault = openTestVault(temporaryFolder());
  client = inProcessClient(vault);
  ({ id } = await client.call('internal.createRun', newRun({})));
});
afterEach(() => client.close());

const append = (text: string) => client.call('internal.appendLog', { id, text });
const read = (search: string, from = 0, limit = 100) => client.call('runs.log', { id, search, from, limit });

test('a run without a log has no lines', async () => {
  expect(await read('')).toEqual({ lines: [], total: 0 });
});

test('lines are put together from the pieces in which they came', async () => {
  await append('first li');
  await append('ne\r\n\nthird ü');
  await append('ber');
  expect(await read('')).toEqual({
    lines: [
      { n: 1, text: 'first line' },
      { n: 2, text: '' },
      { n: 3, text: 'third über' },
    ],
    total: 3,
  });
});

test('a search finds lines whatever the case, keeps their numbers and counts them all', async () => {
  await append(Array.from({ length: 10 }, (_, i) => `Epoch ${i}\nloss ${i}\n`).join(''));
  expect(await read('EPOCH', 8, 5)).toEqual({
    lines: [
      { n: 17, text: 'Epoch 8' },
      { n: 19, text: 'Epoch 9' },
    ],
    total: 10,
  });
});

test('a log of many blocks is paged and no character is torn at their edges', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `line ${i} ${'äö😀'.repeat(5)}`);
  await append(`${lines.join('\n')}\n`);
  const page = await read('', 29_000, 2);
  expect(page).toEqual({
    lines: [
      { n: 29_001, text: lines[29_000] },
      { n: 29_002, text: lines[29_001] },
    ],
    total: 30_000,
  });
  expect((await read('😀', 0, 1)).total).toBe(30_000);
});

test('log and folder belong to this user alone', async () => {
  await append('secret\n');
  const folder = join(vault.dir, 'runs', id);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'log.txt')).mode & 0o777).toBe(0o600);
});
