import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importTable } from '../../main/datasets/import-table.ts';
import { openWorkerClient } from '../../main/workers/worker-client.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { plantRun } from '../compare/planted-runs.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const rows = 4_000;
const classes = 6;

/** A vault with a run of many classes: its groups take the better part of a second. */
async function vaultWithRun(): Promise<{ dir: string; run: string }> {
  const dir = temporaryFolder();
  const vault = openTestVault(dir);
  const random = createRandom(4);
  const path = join(temporaryFolder(), 'stays.csv');
  const lines = Array.from({ length: rows }, (_, k) => `P-${k},${k % 2 === 0 ? 'north' : 'south'},${k % classes}`);
  writeFileSync(path, `patient,ward,kind\n${lines.join('\n')}\n`);
  await importTable(vault, { path, name: 'stays', subject: { kind: 'column', column: 'patient', exact: false } });
  const run = plantRun(vault, {
    name: 'classes',
    dataset: { name: 'stays', version: 1 },
    predictions: {
      part: 'test',
      rows,
      classes,
      row: Int32Array.from({ length: rows }, (_, k) => k),
      truth: Float64Array.from({ length: rows }, (_, k) => k % classes),
      scores: Float64Array.from({ length: rows * classes }, () => random.uniform()),
      subject: Int32Array.from({ length: rows }, (_, k) => k),
      fold: null,
    },
  });
  vault.close();
  return { dir, run };
}

const open = (dir: string) => openWorkerClient({ dir, purpose: 'test', onUnexpected: (what) => expect(what).toBe('') });

test('tables answer while groups are computed, and closing does not wait for what nobody will read', async () => {
  const { dir, run } = await vaultWithRun();
  const client = await open(dir);
  const order: string[] = [];
  const groups = [3, 4, 5].map((bins) =>
    client.call('runs.subgroups', { id: run, column: 'ward', bins }).then(({ groups: found }) => {
      order.push(`${found.length} groups`);
    }),
  );
  const list = { study: null, filter: '', sort: null, limit: 10, cursor: null, bin: false };
  await client.call('runs.list', list).then(({ total }) => order.push(`${total} run`));
  await client.call('runs.list', list).then(({ total }) => order.push(`${total} run`));
  await Promise.all(groups);
  expect(order).toEqual(['1 run', '1 run', '2 groups', '2 groups', '2 groups']);

  const unread = client.call('runs.subgroups', { id: run, column: 'kind', bins: 2 }).catch(({ code }) => code);
  await client.close();
  expect(await unread).toBe('INTERNAL');
});
