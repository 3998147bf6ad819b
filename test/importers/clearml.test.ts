import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { readLog } from '../../main/store/log.ts';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { showRun } from '../../main/store/run-detail.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

/** Written by clearml 2.1.12 (fixtures/make-clearml.py): the folder of a session and the zip of the same. */
const fixtures = join(import.meta.dirname, 'fixtures');

let folder: string;
let vault: Vault;
beforeEach(() => {
  folder = temporaryFolder();
  vault = openTestVault(join(folder, 'vault'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const take = (path: string) => importRuns(vault, { format: 'clearml', path, study: null });

test.each(['clearml', 'clearml.zip'])(
  'an offline session (%s) brings params, scalars, console lines and plots',
  async (name) => {
    const { imported, skipped, added } = await take(join(fixtures, name));
    expect({ added, skipped }).toEqual({ added: 1, skipped: [] });
    const run = showRun(vault, imported[0]!.id);
    expect(run).toMatchObject({
      name: 'clearml run',
      study: 'cohort',
      status: 'finished',
      params: { lr: 0.1, optimizer: 'adam' },
    });
    expect(run.tags).toMatchObject({ pilot: '' });
    const loss = readWholeSeries(vault.db, run.id, 'loss/train');
    expect([...loss.values]).toEqual(Array.from({ length: 12 }, (_, i) => 1 / (i + 1)));
    expect([...loss.steps]).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect([...readWholeSeries(vault.db, run.id, 'Summary/best').values]).toEqual([0.88]);
    expect(run.artifacts.map(({ path }) => path)).toEqual(['plots/hist/all/step-1.plotly.json']);
    expect(readLog(vault, run.id, 'a line of text', 0, 10).total).toBe(1);
  },
);

test('the folder and the zip of one session are one run', async () => {
  await take(join(fixtures, 'clearml'));
  expect(await take(join(fixtures, 'clearml.zip'))).toMatchObject({ added: 0, points: 0 });
});

test('a zip that is none, or whose names lead out of it, writes nothing outside the vault', async () => {
  writeFileSync(join(folder, 'a.zip'), 'no zip at all');
  expect(await take(join(folder, 'a.zip'))).toMatchObject({
    added: 0,
    skipped: [{ path: 'a.zip', reason: 'it is no zip, or damaged' }],
  });
  const text = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
  const image = {
    type: 'training_debug_image',
    metric: 'm',
    variant: 'v',
    iter: 0,
    timestamp: 1,
    key: '../../../out.txt',
  };
  const bytes = zipSync({
    'task.json': text({ id: 'x', name: 'n' }),
    'metrics.jsonl': text([image]),
    'data/../../out.txt': text('out'),
  });
  writeFileSync(join(folder, 'b.zip'), bytes);
  const { added, skipped } = await take(join(folder, 'b.zip'));
  expect({ added, skipped }).toEqual({
    added: 1,
    skipped: [{ path: 'b.zip', reason: 'm/v: its image is not in the session' }],
  });
});
