import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestStop } from '../../main/store/stop-request.ts';
import { createSupervisor, type RunNews, type Supervisor } from '../../main/training/supervisor.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
const open: Supervisor[] = [];
const news: RunNews[] = [];
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(200, 21), 'patient');
  await vault.client.call('settings.set', { trainingCores: 1 });
});
afterAll(async () => {
  for (const supervisor of open) await supervisor.close();
  await vault.client.close();
});

function supervise(entry?: URL): Supervisor {
  const supervisor = createSupervisor({
    client: vault.client,
    vaultDir: vault.dir,
    onNews: (one) => void news.push(one),
    ...(entry === undefined ? {} : { entry }),
  });
  open.push(supervisor);
  return supervisor;
}
const show = (id: string) => vault.client.call('runs.show', { id });
/** A run that takes a minute if nobody stops it. */
const long: Partial<TrainSpec> = {
  recipe: 'mlp',
  engine: 'cpu',
  params: { epochs: 10_000, patience: 10_000, batch_size: 4, hidden: '256, 256' },
};
const firstPoint = (id: string) =>
  expect.poll(() => news.some((one) => one.type === 'points' && one.id === id), { timeout: 20_000 }).toBe(true);

describe('a trainer that breaks leaves a run that says so, and the next run trains', () => {
  test.each([
    ['ends early', 1, 'crashed', 'TRAINER_CRASHED', /ended without a result \(status 3\)/],
    ['aborts', 2, 'crashed', 'TRAINER_CRASHED', /crashed \(SIGABRT\)/],
    ['runs out of heap', 3, 'failed', 'OUT_OF_MEMORY', /ran out of memory \(its limit is \d+ MiB/],
    ['gives no sign of life', 4, 'crashed', 'TRAINER_SILENT', /no sign of life for \d seconds/],
    ['throws', 5, 'crashed', 'TRAINER_CRASHED', /ended without a result/],
    ['talks nonsense', 6, 'crashed', 'TRAINER_CRASHED', /does not understand/],
    ['is killed', 7, 'crashed', 'TRAINER_CRASHED', /killed from outside \(SIGKILL\)/],
  ] as const)('%s', { timeout: 60_000 }, async (_, seed, status, code, reason) => {
    const supervisor = supervise(new URL('faulty-trainer.ts', import.meta.url));
    const { id } = await supervisor.start(wish({ seed }));
    expect(await supervisor.wait(id)).toBe(status);
    const run = await show(id);
    expect(run).toMatchObject({ status, reason: expect.stringMatching(reason), metrics: { 'train/loss': 0.7 } });
    expect(news.find((one) => one.type === 'ended' && one.id === id)).toMatchObject({ code });
    await supervisor.close();
  });

  test('kill -9 of a real trainer in the middle of its work', async () => {
    const supervisor = supervise();
    const { id } = await supervisor.start(wish(long));
    const next = await supervisor.start(wish({}));
    await firstPoint(id);
    process.kill(supervisor.list()[0]!.pid!, 'SIGKILL');
    expect(await supervisor.wait(id)).toBe('crashed');
    expect(await supervisor.wait(next.id)).toBe('finished');
    expect((await show(id)).seriesKeys).toContain('train/loss');
  });

  test('a stopped process (SIGSTOP) is noticed although nothing exits', { timeout: 60_000 }, async () => {
    const supervisor = supervise();
    const { id } = await supervisor.start(wish(long));
    await firstPoint(id);
    process.kill(supervisor.list()[0]!.pid!, 'SIGSTOP');
    expect(await supervisor.wait(id)).toBe('crashed');
    expect((await show(id)).reason).toMatch(/no sign of life/);
  });
});

describe('stop', () => {
  test('a stopped run is kept, with what it had told', async () => {
    const supervisor = supervise();
    const { id } = await supervisor.start(wish(long));
    await firstPoint(id);
    await supervisor.stop(id);
    expect(await show(id)).toMatchObject({ status: 'stopped', reason: 'Stopped by hand.' });
    expect((await show(id)).seriesKeys).toContain('train/loss');
  });

  test('a run that waits is stopped at once; on one core runs train one after the other', async () => {
    const supervisor = supervise();
    const first = await supervisor.start(wish(long));
    const second = await supervisor.start(wish(long));
    const third = await supervisor.start(wish({}));
    await firstPoint(first.id);
    expect(supervisor.list().map(({ id, status }) => [id, status])).toEqual([
      [first.id, 'running'],
      [second.id, 'queued'],
      [third.id, 'queued'],
    ]);
    await supervisor.stop(second.id);
    expect((await show(second.id)).status).toBe('stopped');
    expect((await show(third.id)).status).toBe('queued');
    await supervisor.stop(first.id);
    expect(await supervisor.wait(third.id)).toBe('finished');
  });

  test('another process asks through the vault', async () => {
    const supervisor = supervise();
    const { id } = await supervisor.start(wish(long));
    await firstPoint(id);
    requestStop(vault.dir, id);
    expect(await supervisor.wait(id)).toBe('stopped');
  });

  test('closing the supervisor stops what trains and what waits', async () => {
    const supervisor = supervise();
    const first = await supervisor.start(wish(long));
    const second = await supervisor.start(wish(long));
    await supervisor.close();
    expect([(await show(first.id)).status, (await show(second.id)).status]).toEqual(['stopped', 'stopped']);
    expect(supervisor.list()).toEqual([]);
  });

  test('a run that nobody trains here cannot be stopped here', async () => {
    await expect(supervise().stop('0'.repeat(32))).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
  });
});

test('a full disk fails the run with a clear reason; with room again its end is recorded and the next run trains', {
  timeout: 60_000,
}, async () => {
  const supervisor = supervise();
  const { id } = await supervisor.start(wish({ ...long, params: { ...long.params, batch_size: 4096, hidden: '2' } }));
  await firstPoint(id);
  const { db } = vault.vault;
  // SQLite refuses to grow beyond this as it does on a full disk.
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  const pid = supervisor.list()[0]!.pid!;
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
  db.pragma('max_page_count = 1073741823');
  expect(await supervisor.wait(id)).toBe('failed');
  expect((await show(id)).reason).toMatch(/took no more data: it is full/);
  const next = await supervisor.start(wish({}));
  expect(await supervisor.wait(next.id)).toBe('finished');
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
