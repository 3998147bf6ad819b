import { afterEach, expect, test } from 'vitest';
import { transferableBuffers } from '../../main/workers/transferable.ts';
import { openWorkerClient, type WorkerClient } from '../../main/workers/worker-client.ts';
import { fillRuns } from '../bench/children/fill-runs.ts';
import { newRun } from '../store/new-run-fixture.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const open: WorkerClient[] = [];
async function openClient(dir: string): Promise<WorkerClient> {
  const client = await openWorkerClient({
    dir,
    purpose: 'test',
    onUnexpected: (what, text) => unexpected.push(`${what}: ${text}`),
  });
  open.push(client);
  return client;
}
const unexpected: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  expect(unexpected.splice(0)).toEqual([]);
});

const wholePage = { study: null, filter: '', sort: null, limit: 100, cursor: null, bin: false };

test('what the writing worker has confirmed, a reading worker shows', async () => {
  const client = await openClient(temporaryFolder());
  const { id } = await client.call('internal.createRun', newRun({ name: 'first' }));
  await client.call('internal.appendPoints', { id, points: [{ key: 'train/loss', step: 0, value: 0.5, time: 1 }] });
  const page = await client.call('runs.list', wholePage);
  expect(page.runs.map((run) => [run.id, run.name, run.metrics])).toEqual([[id, 'first', { 'train/loss': 0.5 }]]);
  const [found] = await client.call('runs.series', { ids: [id], keys: ['train/loss', 'none'], maxPoints: 10 });
  expect(found!.series).toHaveLength(1);
  expect(found!.series[0]!.values).toEqual(Float64Array.of(0.5));
});

test('an error crosses the threads as AppError with its code and hint', async () => {
  const client = await openClient(temporaryFolder());
  await expect(client.call('runs.show', { id: '0'.repeat(32) })).rejects.toMatchObject({
    name: 'AppError',
    code: 'RUN_NOT_FOUND',
    hint: expect.stringContaining('wardbook runs'),
  });
});

test('a vault that cannot be opened rejects with the reason', async () => {
  const dir = temporaryFolder();
  const vault = openTestVault(dir);
  vault.db.pragma('user_version = 99');
  vault.close();
  await expect(openClient(dir)).rejects.toMatchObject({ code: 'VAULT_NEWER' });
});

test('listeners hear of own writes and of those of another process', async () => {
  const dir = temporaryFolder();
  const client = await openClient(dir);
  const heard: { nouns: string[]; runs: string[] }[] = [];
  client.onChanged((changes) => heard.push(changes));
  const { id } = await client.call('internal.createRun', newRun({}));
  await expect.poll(() => heard.flatMap((one) => one.runs)).toContain(id);
  const other = await openClient(dir);
  await other.call('studies.create', { name: 'elsewhere' });
  await expect.poll(() => heard.flatMap((one) => one.nouns)).toContain('study');
});

test('a crashed worker is started again: what waits is refused clearly, what was confirmed is there', async () => {
  const client = await openClient(temporaryFolder());
  const { id } = await client.call('internal.createRun', newRun({}));
  const lost = client.call('runs.list', wholePage);
  const refused = expect(lost).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('runs.list'),
  });
  await client.terminate();
  await refused;
  expect((await client.call('runs.list', wholePage)).runs.map((run) => run.id)).toEqual([id]);
  await client.call('studies.create', { name: 'after the crash' });
  expect((await client.call('studies.list', {})).map((study) => study.name)).toContain('after the crash');
});

test('after close every call is refused', async () => {
  const client = await openClient(temporaryFolder());
  await client.close();
  await expect(client.call('studies.list', {})).rejects.toMatchObject({ message: 'The vault is closed.' });
});

test('a long query holds up no write', async () => {
  const dir = temporaryFolder();
  const vault = openTestVault(dir);
  fillRuns(vault.db, 2_000);
  vault.close();
  const client = await openClient(dir);
  const filter = Array.from({ length: 700 }, (_, i) => `name ilike "%x${i}%"`).join(' or ');
  const ended: string[] = [];
  await Promise.all([
    client.call('runs.list', { ...wholePage, filter }).then(() => ended.push('query')),
    client.call('internal.createRun', newRun({})).then(() => ended.push('write')),
  ]);
  expect(ended).toEqual(['write', 'query']);
});

test('only buffers that an array fills are moved, each once', () => {
  const whole = Float64Array.of(1, 2);
  const part = new Float64Array(4).subarray(1, 3);
  const answer = { a: [whole, part], b: { again: whole, text: 'x', none: null }, c: Buffer.from('pooled') };
  expect(transferableBuffers(answer)).toEqual([whole.buffer]);
});
